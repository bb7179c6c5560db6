package org.citystream.embedded;

import io.questdb.ServerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * QuestDB: takes the InfluxDB client's {@code /api/v2/write}, answers SQL over HTTP and over PostgreSQL's wire protocol.
 * Rows are visible a moment after the write returned.
 */
public final class QuestDbServer implements AutoCloseable {
    /** User and password of the PostgreSQL wire protocol; it listens on loopback only. */
    public static final String USER = "admin";

    public static final String PASSWORD = "quest";

    private final ServerMain server;

    private QuestDbServer(ServerMain server) {
        this.server = server;
    }

    /**
     * Starts and returns when both ports accept connections.
     *
     * @param dataDir created when new
     * @param httpPort 0: any free one
     * @param sqlPort PostgreSQL wire protocol; 0: any free one
     */
    public static QuestDbServer start(Path dataDir, int httpPort, int sqlPort) {
        try {
            Path root = Files.createDirectories(dataDir).toAbsolutePath();
            ServerMain server = ServerMain.create(root.toString(), settings(httpPort, sqlPort));
            server.start();
            return new QuestDbServer(server);
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedServerException("QuestDB did not start with " + dataDir, e);
        }
    }

    private static Map<String, String> settings(int httpPort, int sqlPort) {
        return Map.of(
                "QDB_HTTP_BIND_TO", "127.0.0.1:" + httpPort,
                "QDB_PG_NET_BIND_TO", "127.0.0.1:" + sqlPort,
                "QDB_HTTP_MIN_ENABLED", "false",
                "QDB_LINE_TCP_ENABLED", "false",
                "QDB_TELEMETRY_ENABLED", "false",
                "QDB_SHARED_WORKER_COUNT", "1");
    }

    public int httpPort() {
        return server.getHttpServerPort();
    }

    public int sqlPort() {
        return server.getPgWireServerPort();
    }

    /** For the InfluxDB client and for {@code /exec}. */
    public String url() {
        return "http://127.0.0.1:" + httpPort();
    }

    /** For JDBC, with {@link #USER} and {@link #PASSWORD}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + sqlPort() + "/qdb";
    }

    @Override
    public void close() {
        server.close();
    }
}
