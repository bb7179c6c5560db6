package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten endpoints that hang or refuse, beside one that works: how long the healthy one waits, from the event on Kafka to
 * the webhook. Alternates between none dead and ten dead. By default few samples and a wide limit, as other things run
 * on the machine; {@code -Dproof.samples=1000 -Dproof.limit=1.2} on a machine of its own is the proof.
 */
class DeadEndpointsTest {
    private static final int SAMPLES = Integer.getInteger("proof.samples", 40);
    private static final double LIMIT = Double.parseDouble(System.getProperty("proof.limit", "3"));
    private static final double SLACK_MS = 50;
    private static final int DEAD = 10;
    private static final int ROUNDS = 2;
    private static final Duration EVERY = Duration.ofMillis(10);

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path directory;

    private final Map<String, Long> publishedNanos = new ConcurrentHashMap<>();
    private final Map<String, Long> arrivedNanos = new ConcurrentHashMap<>();
    private int events;

    @Test
    void aHealthyEndpointDoesNotNoticeTenDeadOnes() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        try (Receiver healthy = Receiver.start();
                ServerSocket hanging = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
                Service service = Service.start(kafka, postgres, directory).awaitReady()) {
            service.post("/api/v1/webhooks", "{\"url\":\"" + healthy.url() + "\"}");
            healthy.answer((exchange, received) -> {
                long now = System.nanoTime();
                String body = received.body();
                int at = body.indexOf("dead-");
                arrivedNanos.put(body.substring(at, body.indexOf('"', at)), now);
                exchange.sendResponseHeaders(200, -1);
            });
            measure();
            List<Double> without = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                without.addAll(measure());
                List<String> dead = addDead(service, hanging.getLocalPort());
                with.addAll(measure());
                dead.forEach(id -> service.send("DELETE", "/api/v1/webhooks/" + id, null, Service.TOKEN));
            }

            double alone = percentile99(without);
            double among = percentile99(with);
            System.out.printf(
                    "event to webhook, p99 of %d: %.1f ms alone, %.1f ms beside %d dead endpoints%n",
                    without.size(), alone, among, DEAD);
            assertThat(among).isLessThan(LIMIT * alone + (LIMIT > 1.2 ? SLACK_MS : 0));
        }
    }

    /** Every other one takes connections and never answers; the rest refuse them. */
    private static List<String> addDead(Service service, int hangingPort) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < DEAD; i++) {
            int port = i % 2 == 0 ? hangingPort : 1;
            ids.add(service.post("/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:" + port + "/" + i + "\"}")
                    .json()
                    .path("id")
                    .textValue());
        }
        return ids;
    }

    private List<Double> measure() {
        int first = events;
        for (int i = 0; i < SAMPLES; i++) {
            String segment = "dead-" + events++;
            publishedNanos.put(segment, System.nanoTime());
            kafka.produce(Topics.EVENTS, segment, Events.on(segment).opened());
            LockSupport.parkNanos(EVERY.toNanos());
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> arrivedNanos.size() == events);
        List<Double> latenciesMs = new ArrayList<>();
        for (int i = first; i < events; i++) {
            String segment = "dead-" + i;
            long published = publishedNanos.getOrDefault(segment, 0L);
            latenciesMs.add((arrivedNanos.getOrDefault(segment, 0L) - published) / 1e6);
        }
        return latenciesMs;
    }

    private static double percentile99(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }
}
