package org.citystream.embedded;

import io.questdb.ServerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

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
            quieten(root);
            ServerMain server = ServerMain.create(root.toString(), settings(httpPort, sqlPort));
            server.start();
            return new QuestDbServer(server);
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedServerException("QuestDB did not start with " + dataDir, e);
        }
    }

    /** At its own level it logs every request, which costs more than the request. */
    private static void quieten(Path root) throws IOException {
        Path conf = Files.createDirectories(root.resolve("conf"));
        Files.writeString(conf.resolve("log.conf"), """
                writers=stdout
                w.stdout.class=io.questdb.log.LogConsoleWriter
                w.stdout.level=ERROR,CRITICAL
                """);
    }

    private static Map<String, String> settings(int httpPort, int sqlPort) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("QDB_HTTP_BIND_TO", "127.0.0.1:" + httpPort);
        settings.put("QDB_PG_NET_BIND_TO", "127.0.0.1:" + sqlPort);
        settings.put("QDB_HTTP_MIN_ENABLED", "false");
        settings.put("QDB_LINE_TCP_ENABLED", "false");
        settings.put("QDB_TELEMETRY_ENABLED", "false");
        settings.put("QDB_SHARED_WORKER_COUNT", "1");
        // A table that keeps so many days counts them from its newest row: a replay of years ago stays.
        settings.put("QDB_CAIRO_TTL_USE_WALL_CLOCK", "false");
        // Each SQL compiler fills its pools when it is made: 70 MB for statements a hundred times longer than ours.
        settings.put("QDB_CAIRO_LEXER_POOL_CAPACITY", "128");
        settings.put("QDB_CAIRO_EXPRESSION_POOL_CAPACITY", "512");
        settings.put("QDB_CAIRO_MODEL_POOL_CAPACITY", "64");
        settings.put("QDB_CAIRO_COLUMN_POOL_CAPACITY", "512");
        return settings;
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
