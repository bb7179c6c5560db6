package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.citystream.gateway.mqtt.Delivery;
import org.citystream.gateway.mqtt.MqttIntake;
import org.citystream.gateway.mqtt.MqttSettings;
import org.citystream.service.socket.NoDelaySocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A callback blocked for 12 s under a keep-alive of 3 s: a Paho client does not recover from it, neither by its automatic
 * reconnect nor by {@code reconnect()}. Ours is replaced.
 */
class BlockedCallbackTest {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(3);
    private static final Duration BLOCKED = Duration.ofSeconds(12);
    private static final int MESSAGES = 500;

    @TempDir
    Path directory;

    private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean blockNext = new AtomicBoolean();

    @Test
    @EnabledIfSystemProperty(
            named = "proofs",
            matches = "true",
            disabledReason = "there the connection survives; run it with -Dproofs=true")
    void withHiveMq() throws Exception {
        // It may send but one message ahead, so that the client's receiver goes on and the connection with it.
        nothingIsLost(Broker::hiveMq, 1);
    }

    @Test
    void withMosquitto() throws Exception {
        nothingIsLost(Broker::mosquitto, 2);
    }

    private void nothingIsLost(Function<Path, Broker> brokers, int leastConnections) throws Exception {
        try (Broker broker = brokers.apply(directory)) {
            MqttSettings settings = new MqttSettings(
                    broker.url(),
                    "blocked",
                    null,
                    null,
                    new NoDelaySocketFactory(),
                    List.of("blocked/+"),
                    100,
                    262_144,
                    KEEP_ALIVE,
                    Duration.ofDays(7),
                    Duration.ofMinutes(3));
            MqttIntake intake = new MqttIntake(settings, InstantSource.system(), this::take, new Connections());
            intake.start();
            try {
                nothingIsLost(broker, intake, leastConnections);
            } finally {
                intake.close();
            }
        }
    }

    private void nothingIsLost(Broker broker, MqttIntake intake, int leastConnections) throws Exception {
        await().atMost(Probe.PATIENCE).until(() -> connections.get() == 1);
        try (Publisher publisher = new Publisher(broker.url())) {
            blockNext.set(true);
            for (int i = 0; i < MESSAGES; i++) {
                publisher.publish("blocked/" + i, Integer.toString(i));
            }
            assertThat(publisher.settle()).isEqualTo(MESSAGES);
        }
        await().atMost(Probe.PATIENCE).until(() -> acknowledged.size() == MESSAGES);
        await().atMost(Probe.PATIENCE).until(() -> connections.get() >= leastConnections);
        await().atMost(Probe.PATIENCE).until(() -> intake.problem().isEmpty());
    }

    private boolean take(Delivery delivery) {
        if (blockNext.compareAndSet(true, false)) {
            block();
        }
        if (delivery.topic().startsWith("blocked/") && !delivery.isStale()) {
            acknowledged.add(new String(delivery.payload(), StandardCharsets.UTF_8));
        }
        delivery.acknowledge();
        return true;
    }

    private static void block() {
        try {
            assertThat(new CountDownLatch(1).await(BLOCKED.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Connections implements MqttIntake.Listener {
        @Override
        public void connecting() {}

        @Override
        public void connected(boolean sessionPresent) {
            connections.incrementAndGet();
        }

        @Override
        public void lost(String reason) {}

        @Override
        public String sounding(Instant sentAt) {
            return "";
        }

        @Override
        public void soundingRefused() {}
    }
}
