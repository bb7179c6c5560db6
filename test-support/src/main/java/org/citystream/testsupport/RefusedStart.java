package org.citystream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A service with settings that it must refuse, in a process of its own, judged by what its operator sees. Its own port is
 * taken, and everything it could connect to is the same port, so that whatever it begins before it has judged its settings
 * shows.
 */
public final class RefusedStart {
    private static final int REFUSED = 2;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 20;

    private final Class<?> main;
    private final List<String> arguments;

    private RefusedStart(Class<?> main, String... arguments) {
        this.main = main;
        this.arguments = List.of(arguments);
    }

    public static RefusedStart of(Class<?> main, String... arguments) {
        return new RefusedStart(main, arguments);
    }

    /**
     * It ends with 2 within five seconds of a processor, says what is wrong and what to do instead of where in its code that
     * was noticed, and has neither served nor connected to anything.
     *
     * @param settings environment variables
     * @param told what it must say
     */
    public void isRefused(Map<String, String> settings, String told) throws IOException, InterruptedException {
        try (ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Path output = Files.createTempFile("refused", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(everythingAt("127.0.0.1:" + port.getLocalPort()));
            builder.environment().put("HTTP_PORT", Integer.toString(port.getLocalPort()));
            builder.environment().putAll(settings);
            long begun = System.nanoTime();
            Process process = builder.start();
            try {
                long patience = begun + PATIENCE.toNanos();
                long waited = 0;
                while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() - patience < 0) {
                    waited = Math.max(waited, waitedForProcessor(process));
                }
                boolean ended = !process.isAlive();
                Duration took = Duration.ofNanos(System.nanoTime() - begun - waited);
                String said = Files.readString(output);

                assertThat(ended).as(said).isTrue();
                assertThat(said).contains(told, "what to do:").doesNotContain("\tat ");
                assertThat(process.exitValue()).as(said).isEqualTo(REFUSED);
                assertThat(took).isLessThan(LIMIT);
                port.setSoTimeout(1);
                assertThatThrownBy(port::accept).as("it connects to nobody").isInstanceOf(SocketTimeoutException.class);
            } finally {
                process.destroyForcibly();
                Files.delete(output);
            }
        }
    }

    /**
     * What a crowded machine adds: the longest that one of its threads has been ready and without a processor, in ns; 0 where
     * the system is none that tells it.
     */
    private static long waitedForProcessor(Process process) {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        try (Stream<Path> all = Files.list(threads)) {
            return all.mapToLong(RefusedStart::runDelay).max().orElse(0);
        } catch (IOException | UncheckedIOException e) {
            // It has just ended.
            return 0;
        }
    }

    private static long runDelay(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[1]);
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }

    private static Map<String, String> everythingAt(String address) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", address,
                "MQTT_URL", "tcp://" + address,
                "DATABASE_URL", "jdbc:postgresql://" + address + "/city",
                "QUESTDB_URL", "jdbc:postgresql://" + address + "/qdb",
                "ALERTING_URL", "http://" + address);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
