package org.citystream.testsupport;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Debian's mosquitto as a child process on loopback: a second broker to be right with. */
public final class Mosquitto implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final Path NOT_ON_ORDINARY_PATHS = Path.of("/usr/sbin");

    private final Path directory;
    private final int port;
    private final List<String> lines;
    private @Nullable Process process;

    private Mosquitto(Path directory, int port, List<String> lines) {
        this.directory = directory;
        this.port = port;
        this.lines = lines;
    }

    /** Skips the test, and says so, where mosquitto is not installed. */
    public static void require() {
        program("mosquitto");
    }

    /** The path of one of its programs; skips the test, and says so, if it is not installed. */
    @SuppressWarnings("SystemOut")
    public static String program(String name) {
        return find(name).orElseThrow(() -> {
            String reason = "skipped: " + name
                    + " is not installed (Debian, Ubuntu: apt-get install mosquitto mosquitto-clients)";
            System.out.println(reason);
            return new TestAbortedException(reason);
        });
    }

    private static Optional<String> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)).map(Path::of), Stream.of(NOT_ON_ORDINARY_PATHS))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /**
     * Starts one with anybody allowed, sessions kept over an orderly restart, and queues that do not overflow.
     *
     * @param more lines of its configuration, behind these
     */
    public static Mosquitto start(Path directory, String... more) {
        List<String> lines = new ArrayList<>(List.of("allow_anonymous true"));
        lines.addAll(List.of(more));
        int port = freePort();
        lines.add(0, "listener " + port + " 127.0.0.1");
        return startWith(directory, port, lines.toArray(String[]::new));
    }

    /** Starts one that is configured by these lines, listeners included, besides its data and its log. */
    public static Mosquitto startWith(Path directory, int port, String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "per_listener_settings false",
                "log_dest stderr",
                "persistence true",
                "persistence_location " + directory + "/",
                "max_queued_messages 10000000",
                "max_inflight_messages 1000"));
        if (System.getProperty("user.name").equals("root")) {
            all.add("user root");
        }
        all.addAll(List.of(lines));
        Mosquitto mosquitto = new Mosquitto(directory, port, all);
        mosquitto.start();
        return mosquitto;
    }

    /** A port that is free now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /** Starts it again after {@link #stop} or {@link #kill}, on the same port and data. */
    public void start() {
        try {
            Files.createDirectories(directory);
            Path file = Files.write(directory.resolve("mosquitto.conf"), lines);
            Process started = new ProcessBuilder(program("mosquitto"), "-c", file.toString())
                    .redirectErrorStream(true)
                    .start();
            process = started;
            awaitRunning(started);
        } catch (IOException e) {
            throw new UncheckedIOException("mosquitto did not start", e);
        }
    }

    /** Its log says when it takes connections. */
    private void awaitRunning(Process started) {
        CountDownLatch running = new CountDownLatch(1);
        List<String> log = new ArrayList<>();
        Thread reader = new Thread(() -> read(started, running, log), "mosquitto-log");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!running.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !started.isAlive()) {
                throw new AssertionError("mosquitto does not run: " + String.join("; ", List.copyOf(log)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(Process started, CountDownLatch running, List<String> log) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (running.getCount() > 0) {
                    log.add(line);
                }
                if (line.endsWith(" running")) {
                    running.countDown();
                }
            }
        } catch (IOException e) {
            log.add(e.toString());
        }
        running.countDown();
    }

    public int port() {
        return port;
    }

    /** For Paho: {@code tcp://127.0.0.1:1883}. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Ends it in order: it saves its sessions. */
    public void stop() {
        end(false);
    }

    /** As {@code kill -9} does. */
    public void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        Process ending = process;
        process = null;
        if (ending == null) {
            return;
        }
        if (forcibly) {
            ending.destroyForcibly();
        } else {
            ending.destroy();
        }
        try {
            if (!ending.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                ending.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
