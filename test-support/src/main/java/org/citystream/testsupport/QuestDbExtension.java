package org.citystream.testsupport;

import java.util.List;
import java.util.Map;
import org.citystream.embedded.QuestDbServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real QuestDB, shared by all test classes of the JVM. Register as a static field with {@code @RegisterExtension}. Rows
 * are visible a moment after they were written.
 */
public final class QuestDbExtension implements BeforeAllCallback {
    private @Nullable QuestDbServer questDb;

    @Override
    public void beforeAll(ExtensionContext context) {
        questDb = SharedServer.of(context, QuestDbServer.class, directory -> QuestDbServer.start(directory, 0, 0));
    }

    /** For the InfluxDB client. */
    public String url() {
        return server().url();
    }

    /** For JDBC, with {@link QuestDbServer#USER} and {@link QuestDbServer#PASSWORD}. */
    public String jdbcUrl() {
        return server().jdbcUrl();
    }

    public void execute(String sql) {
        sql().execute(sql);
    }

    /** The rows, columns by name; fails if the table does not exist. */
    public List<Map<String, @Nullable Object>> query(String sql) {
        return sql().query(sql);
    }

    private Sql sql() {
        return new Sql(jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
    }

    private QuestDbServer server() {
        if (questDb == null) {
            throw new IllegalStateException("register QuestDbExtension as a static field with @RegisterExtension");
        }
        return questDb;
    }
}
