package org.citystream.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of an embedded server's process: start, say that it is ready by writing the file that {@code READY_FILE} names,
 * and close on SIGTERM.
 */
final class EmbeddedMain {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedMain.class);

    private EmbeddedMain() {}

    /** Starts the server that a process is for. */
    @FunctionalInterface
    interface Starter {
        AutoCloseable start() throws Exception;
    }

    static void run(String name, Starter starter) {
        Path readyFile = Path.of(setting("READY_FILE"));
        try {
            Files.deleteIfExists(readyFile);
            AutoCloseable server = starter.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(name, server, readyFile), "shutdown"));
            Files.createFile(readyFile);
            log.info("{} is up", name);
            new CountDownLatch(1).await();
        } catch (Exception e) {
            log.error("{} failed to start", name, e);
            System.exit(1);
        }
    }

    private static void stop(String name, AutoCloseable server, Path readyFile) {
        int status = 0;
        try {
            Files.deleteIfExists(readyFile);
            server.close();
            log.info("{} has stopped", name);
        } catch (Exception e) {
            log.error("{} did not stop cleanly", name, e);
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }

    static String setting(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(
                    "environment variable " + variable + " is not set; start this by ./city up");
        }
        return value;
    }

    static int port(String variable) {
        return Integer.parseInt(setting(variable));
    }

    static Path dataDirectory() throws IOException {
        return Files.createDirectories(Path.of(setting("DATA_DIR")));
    }
}
