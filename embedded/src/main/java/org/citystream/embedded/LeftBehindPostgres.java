package org.citystream.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL outlives a JVM that was killed, and holds its port. */
public final class LeftBehindPostgres {
    private static final Logger log = LoggerFactory.getLogger(LeftBehindPostgres.class);
    private static final long STOP_LIMIT_SECONDS = 20;

    private LeftBehindPostgres() {}

    /**
     * Stops the server that a killed process left behind on this directory, if there is one. Needs no PostgreSQL library.
     *
     * @throws IOException if it does not stop
     */
    public static void stop(Path dataDir) throws IOException {
        Optional<ProcessHandle> server = PostgresProcess.of(dataDir);
        if (server.isEmpty()) {
            return;
        }
        log.warn(
                "stopping PostgreSQL {} that an earlier run left behind on {}",
                server.get().pid(),
                dataDir);
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients to leave.
        new ProcessBuilder("kill", "-INT", Long.toString(server.get().pid())).start();
        try {
            server.get().onExit().get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("PostgreSQL " + server.get().pid() + " holds " + dataDir + " and does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping PostgreSQL on " + dataDir, e);
        }
    }
}
