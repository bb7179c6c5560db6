package org.citystream.benchmarks.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citystream.benchmarks.harness.FreePort;

/** An MQTT broker in a process of its own, so that its CPU time counts for nobody. Keeps nothing. */
final class Mosquitto implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"));

    private final Process process;
    private final Path configuration;
    private final int port;

    private Mosquitto(Process process, Path configuration, int port) {
        this.process = process;
        this.configuration = configuration;
        this.port = port;
    }

    /** Starts and returns when it accepts connections. */
    static Mosquitto start() throws IOException {
        Path program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("mosquitto is in none of " + PLACES
                        + "; install it (Debian, Ubuntu: apt-get install mosquitto)"));
        int port = FreePort.any();
        Path configuration = Files.write(
                Files.createTempFile("benchmark-mosquitto", ".conf"),
                List.of(
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous true",
                        "log_dest stderr",
                        "max_queued_messages 10000000",
                        "max_inflight_messages 1000"));
        Process process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.endsWith(" running")) {
                return new Mosquitto(process, configuration, port);
            }
        }
        throw new IOException("mosquitto did not start");
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        Files.delete(configuration);
    }
}
