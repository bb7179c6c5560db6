package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.citystream.alerting.KilledMain.Point;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.alerting.store.postgres.PostgresEndpoints;
import org.citystream.alerting.store.postgres.PostgresStore;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at each moment at which something could get lost or be done twice. One kill a moment by default; 50 with
 * {@code -Dproof.kills=50}.
 */
class KillPointsTest {
    private static final int KILLS = Integer.getInteger("proof.kills", 1);
    private static final long SEED = Long.getLong("proof.seed", 20261123);
    private static final int ALERTS_A_LIFE = 12;
    /** A process may take its time to start where others want the machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path directory;

    /** A message as it arrived, and in which of the service's lives. */
    private record Arrival(int life, String webhookId, String type, String alertId) {}

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final Map<Integer, Process> lives = new ConcurrentHashMap<>();
    private final AtomicInteger life = new AtomicInteger();
    private final AtomicInteger untilKill = new AtomicInteger(-1);

    @Test
    void noAlertIsLostAndNoMessageIsSentMoreThanOnceALife() throws Exception {
        Random random = new Random(SEED);
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        Files.writeString(directory.resolve("password"), PostgresExtension.PASSWORD);
        try (Receiver receiver = Receiver.start()) {
            register(receiver);
            receiver.answer((exchange, received) -> {
                arrived(received);
                exchange.sendResponseHeaders(200, -1);
            });
            int segments = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                for (Point point :
                        Stream.of(Point.values()).filter(p -> p != Point.NEVER).toList()) {
                    segments = publish(segments);
                    // Events come in batches: the first of them is the one moment that is sure to come.
                    boolean aBatch = point == Point.AFTER_POLL || point == Point.AFTER_COMMIT;
                    int times = aBatch ? 1 : 1 + random.nextInt(ALERTS_A_LIFE);
                    Process process = start(point, times);
                    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                            .as("killed at %s, time %d (seed %d)", point, times, SEED)
                            .isTrue();
                    settle();
                }
            }
            Process last = start(Point.NEVER, 1);
            int expected = 2 * segments;
            Awaitility.await().atMost(PATIENCE).until(() -> ids().size() == expected);
            last.destroy();

            assertThat(arrivals.stream()
                            .collect(Collectors.groupingBy(a -> a.life() + " " + a.webhookId(), Collectors.counting())))
                    .as("a message is sent once a life (seed %d)", SEED)
                    .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
            Map<String, List<Arrival>> byAlert = arrivals.stream().collect(Collectors.groupingBy(Arrival::alertId));
            assertThat(byAlert).hasSize(segments);
            assertThat(byAlert.values()).allSatisfy(KillPointsTest::inOrder);
            assertThat(postgres.query("SELECT 1 AS x FROM alerting.alerts WHERE state = 'resolved'"))
                    .hasSize(segments);
            System.out.printf(
                    "%d kills at each of 4 points: %d alerts, %d messages, %d arrivals (%d repeated)%n",
                    KILLS, segments, expected, arrivals.size(), arrivals.size() - expected);
        } finally {
            lives.values().forEach(Process::destroyForcibly);
        }
    }

    /** What the dead had sent may still be under way to the endpoint. */
    private void settle() {
        AtomicInteger seen = new AtomicInteger(-1);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .until(() -> seen.getAndSet(arrivals.size()) == arrivals.size());
    }

    /** Whatever is repeated, the end of an alert is never heard before its beginning. */
    private static void inOrder(List<Arrival> ofAlert) {
        List<String> first = ofAlert.stream().map(Arrival::type).distinct().toList();
        assertThat(first).containsExactly("alert.opened", "alert.resolved");
    }

    private List<String> ids() {
        return arrivals.stream().map(Arrival::webhookId).distinct().toList();
    }

    private void arrived(Receiver.Received received) {
        JsonNode body = JsonCodec.read(received.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        arrivals.add(new Arrival(
                life.get(),
                received.header("webhook-id"),
                body.path("type").textValue(),
                body.path("data").path("alertId").textValue()));
        if (untilKill.getAndDecrement() == 1) {
            Objects.requireNonNull(lives.get(life.get())).destroyForcibly();
        }
    }

    private static int publish(int from) {
        for (int i = from; i < from + ALERTS_A_LIFE; i++) {
            Events segment = Events.on("kill-" + i);
            kafka.produce(Topics.EVENTS, "kill-" + i, segment.opened());
            kafka.produce(Topics.EVENTS, "kill-" + i, segment.closed());
        }
        return from + ALERTS_A_LIFE;
    }

    private static void register(Receiver receiver) {
        try (PostgresStore store =
                new PostgresStore(postgres.jdbcUrl(), PostgresExtension.USER, PostgresExtension.PASSWORD)) {
            store.migrate();
            Endpoint endpoint = Endpoint.registered(
                    "wh_1",
                    receiver.url(),
                    Format.CITYSTREAM,
                    List.of(),
                    List.of(),
                    null,
                    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    Instant.EPOCH);
            new PostgresEndpoints(store, () -> "default").add(endpoint, Instant.EPOCH);
        }
    }

    private Process start(Point point, int times) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledMain.class.getName(),
                kafka.bootstrapServers(),
                postgres.jdbcUrl(),
                directory.toString(),
                point.name(),
                String.valueOf(times)));
        int number = life.incrementAndGet();
        untilKill.set(point == Point.AFTER_SEND ? times : -1);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("life-" + number + ".log").toFile())
                .start();
        lives.put(number, process);
        return process;
    }
}
