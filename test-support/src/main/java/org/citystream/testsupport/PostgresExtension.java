package org.citystream.testsupport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.citystream.embedded.PostgresServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL, shared by all test classes of the JVM; each class gets an empty database. Register as a static field
 * with {@code @RegisterExtension}.
 */
public final class PostgresExtension implements BeforeAllCallback {
    public static final String USER = PostgresServer.USER;

    /** Any password will do. */
    public static final String PASSWORD = "postgres";

    private static final AtomicInteger databases = new AtomicInteger();

    private @Nullable String jdbcUrl;

    @Override
    public void beforeAll(ExtensionContext context) {
        PostgresServer postgres =
                SharedServer.of(context, PostgresServer.class, directory -> PostgresServer.start(directory, 0));
        String database = "test_" + databases.incrementAndGet();
        new Sql(postgres.jdbcUrl(), USER, PASSWORD).execute("CREATE DATABASE " + database);
        jdbcUrl = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database;
    }

    /** The class's own database, for {@link #USER} and {@link #PASSWORD}. */
    public String jdbcUrl() {
        if (jdbcUrl == null) {
            throw new IllegalStateException("register PostgresExtension as a static field with @RegisterExtension");
        }
        return jdbcUrl;
    }

    public void execute(String sql) {
        new Sql(jdbcUrl(), USER, PASSWORD).execute(sql);
    }

    /** The rows, columns by name. */
    public List<Map<String, @Nullable Object>> query(String sql) {
        return new Sql(jdbcUrl(), USER, PASSWORD).query(sql);
    }
}
