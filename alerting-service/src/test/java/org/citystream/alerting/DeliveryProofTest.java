package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.alerting.notify.webhook.Receiver.Received;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts into an endpoint that refuses 30 % of the attempts and loses 5 % of its answers. {@code -Dproof.alerts=10000}
 * for the whole proof; {@code -Dproof.npm=DIR}, where {@code npm install --prefix DIR standardwebhooks} was run, has the
 * signatures judged by that library as well.
 */
class DeliveryProofTest {
    private static final int ALERTS = Integer.getInteger("proof.alerts", 40);
    private static final long SEED = Long.getLong("proof.seed", 20261123);
    private static final double REFUSED = 0.30;
    private static final double LOST = 0.05;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger badSignatures = new AtomicInteger();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** Types in the order in which the endpoint first took them, by alert. */
    private final Map<String, List<String>> order = new ConcurrentHashMap<>();

    @Test
    void everyMessageArrivesInOrderAndSigned() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        try (Receiver receiver = Receiver.start();
                NpmVerifier npm = NpmVerifier.ifAsked();
                Service service = Service.start(
                                kafka.bootstrapServers(),
                                postgres.jdbcUrl(),
                                directory,
                                config -> config.webhookRetryDelays = Collections.nCopies(30, Duration.ofMillis(200)))
                        .awaitReady()) {
            String secret = service.post("/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\"}")
                    .json()
                    .path("secret")
                    .textValue();
            receiver.answer((exchange, received) -> answer(exchange, received, secret, npm));

            for (int i = 0; i < ALERTS; i++) {
                Events segment = Events.on("proof-" + i);
                kafka.produce(Topics.EVENTS, "proof-" + i, segment.opened());
                kafka.produce(Topics.EVENTS, "proof-" + i, segment.closed());
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(180 + ALERTS / 5))
                    .until(() -> taken.size() == 2 * ALERTS && unfinished() == 0);

            assertThat(taken).hasSize(2 * ALERTS);
            assertThat(order).hasSize(ALERTS);
            assertThat(order.values())
                    .allSatisfy(types -> assertThat(types).containsExactly("alert.opened", "alert.resolved"));
            assertThat(badSignatures).hasValue(0);
            npm.assertAllAccepted(attempts.get());
            System.out.printf(
                    "%d alerts (seed %d): %d distinct ids in %d attempts, order kept, every signature accepted by the"
                            + " Java library%s%n",
                    ALERTS, SEED, taken.size(), attempts.get(), npm.asked() ? " and by npm's" : "");
        }
    }

    private static int unfinished() {
        return postgres.query("SELECT 1 AS x FROM alerting.deliveries WHERE state <> 'delivered'")
                .size();
    }

    private void answer(HttpExchange exchange, Received received, String secret, NpmVerifier npm) throws IOException {
        attempts.incrementAndGet();
        verify(received, secret);
        npm.judge(received, secret);
        double luck;
        synchronized (random) {
            luck = random.nextDouble();
        }
        if (luck < REFUSED) {
            exchange.sendResponseHeaders(500, -1);
            return;
        }
        take(received);
        if (luck >= REFUSED + LOST) {
            exchange.sendResponseHeaders(200, -1);
        }
        // Else the connection is closed, and nobody hears that the message was taken.
    }

    private void verify(Received received, String secret) {
        try {
            new Webhook(secret).verify(received.body(), received.headers());
        } catch (Exception e) {
            badSignatures.incrementAndGet();
        }
    }

    private void take(Received received) {
        if (taken.add(received.header("webhook-id"))) {
            JsonNode body = JsonCodec.read(received.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
            order.computeIfAbsent(body.path("data").path("alertId").textValue(), alert -> new CopyOnWriteArrayList<>())
                    .add(body.path("type").textValue());
        }
    }
}
