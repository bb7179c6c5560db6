package org.citystream.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citystream.testsupport.Mosquitto;
import org.citystream.testsupport.ServerProcess;

/** An MQTT broker that can be taken away and brought back, on one port. */
interface Broker extends AutoCloseable {
    int port();

    /** Starts it, or starts it again with what it had. */
    void start();

    /** Ends it in order. */
    void stop();

    /** As {@code kill -9} does. */
    void kill();

    /** Stops it and starts one that knows nothing: sessions, queues and retained messages are gone. */
    void restartWithoutMemory();

    @Override
    void close();

    default String url() {
        return "tcp://127.0.0.1:" + port();
    }

    /** HiveMQ CE, started. */
    static Broker hiveMq(Path directory) {
        return new HiveMq(directory);
    }

    /** Mosquitto, started; skips the test where there is none. */
    static Broker mosquitto(Path directory) {
        return new DebianMosquitto(directory);
    }

    /** The same with more lines in its configuration. */
    static Broker mosquittoWith(Path directory, List<String> more) {
        return new DebianMosquitto(directory, more.toArray(String[]::new));
    }

    /** The same, keeping what it has acknowledged over {@code kill -9}, which slows it down the more it keeps. */
    static Broker durableMosquitto(Path directory) {
        return new DebianMosquitto(directory, "autosave_interval 1", "autosave_on_changes true");
    }

    /** The same, left to its owner to close. */
    static Broker borrowed(Broker broker) {
        return new Borrowed(broker);
    }

    private static Path fresh(Path directory) {
        try {
            return Files.createTempDirectory(Files.createDirectories(directory), "broker");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody else's. */
    record Borrowed(Broker owned) implements Broker {
        @Override
        public int port() {
            return owned.port();
        }

        @Override
        public void start() {
            owned.start();
        }

        @Override
        public void stop() {
            owned.stop();
        }

        @Override
        public void kill() {
            owned.kill();
        }

        @Override
        public void restartWithoutMemory() {
            owned.restartWithoutMemory();
        }

        @Override
        public void close() {
            // It is not ours.
        }
    }

    /** In a process of its own. */
    final class HiveMq implements Broker {
        private final Path directory;
        private ServerProcess process;

        private HiveMq(Path directory) {
            this.directory = directory;
            this.process = ServerProcess.hiveMq(fresh(directory), Mosquitto.freePort());
            start();
        }

        @Override
        public int port() {
            return process.port();
        }

        @Override
        public void start() {
            process.start();
        }

        @Override
        public void stop() {
            process.stop();
        }

        @Override
        public void kill() {
            process.kill();
        }

        @Override
        public void restartWithoutMemory() {
            stop();
            process = ServerProcess.hiveMq(fresh(directory), process.port());
            start();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Debian's. */
    final class DebianMosquitto implements Broker {
        private final Path directory;
        private final String[] more;
        private Mosquitto mosquitto;

        private DebianMosquitto(Path directory, String... more) {
            this.directory = directory;
            this.more = more;
            this.mosquitto = Mosquitto.start(fresh(directory), more);
        }

        @Override
        public int port() {
            return mosquitto.port();
        }

        @Override
        public void start() {
            mosquitto.start();
        }

        @Override
        public void stop() {
            mosquitto.stop();
        }

        @Override
        public void kill() {
            mosquitto.kill();
        }

        @Override
        public void restartWithoutMemory() {
            stop();
            List<String> lines = new ArrayList<>(List.of("listener " + port() + " 127.0.0.1", "allow_anonymous true"));
            lines.addAll(List.of(more));
            mosquitto = Mosquitto.startWith(fresh(directory), port(), lines.toArray(String[]::new));
        }

        @Override
        public void close() {
            mosquitto.kill();
        }
    }
}
