package org.citystream.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Real PostgreSQL binaries, unpacked on first use and run as child processes; user {@code postgres}, database
 * {@code postgres}, trusted on loopback. Commits reach the disk before they return.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long WATCH_MILLIS = 200;

    private final EmbeddedPostgres postgres;
    private final Path dataDir;
    private volatile boolean closing;

    private PostgresServer(EmbeddedPostgres postgres, Path dataDir) {
        this.postgres = postgres;
        this.dataDir = dataDir;
    }

    /** Starts with the binaries unpacked in the system's temporary directory. */
    public static PostgresServer start(Path dataDir, int port) {
        return start(dataDir, port, Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"));
    }

    /**
     * Starts and returns when it answers queries. A server left behind on this directory by a killed process is stopped
     * first.
     *
     * @param dataDir created when new; kept on close
     * @param port 0: any free one
     * @param binaries where the programs are, or are unpacked to when they are not there yet, which needs some 100 MB of
     *     heap; several servers may share it
     */
    public static PostgresServer start(Path dataDir, int port, Path binaries) {
        try {
            Files.createDirectories(dataDir);
            Files.createDirectories(binaries);
            LeftBehindPostgres.stop(dataDir);
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(dataDir.toAbsolutePath())
                    .setCleanDataDirectory(false)
                    .setPort(FreePort.orElse(port))
                    .setPGStartupWait(START_LIMIT)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("shared_buffers", "16MB")
                    .setServerConfig("max_connections", "40")
                    .start();
            return new PostgresServer(postgres, dataDir);
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedServerException("PostgreSQL did not start on port " + port + " with " + dataDir, e);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    /** For JDBC, with user {@link #USER} and any password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
    }

    public DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    /**
     * Runs this, on another thread, if the server's process ends without having been closed: nothing else of this process
     * would notice.
     *
     * @throws IOException if its lock file cannot be read
     */
    public void whenLost(Runnable lost) throws IOException {
        Optional<ProcessHandle> server = PostgresProcess.of(dataDir);
        if (server.isEmpty()) {
            lost.run();
            return;
        }
        Thread watch = new Thread(() -> watch(server.get(), lost), "postgres-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** The JDK notices the end of a process that is not its own child only within five seconds. */
    private void watch(ProcessHandle server, Runnable lost) {
        try {
            while (server.isAlive()) {
                Thread.sleep(WATCH_MILLIS);
            }
            if (!closing) {
                lost.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            postgres.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("PostgreSQL on port " + port() + " did not stop cleanly", e);
        }
    }
}
