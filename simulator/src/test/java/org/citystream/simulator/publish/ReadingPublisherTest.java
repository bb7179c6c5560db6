package org.citystream.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.citystream.embedded.MqttBroker;
import org.citystream.ledger.Entry;
import org.citystream.ledger.Ledger;
import org.citystream.ledger.LedgerReader;
import org.citystream.ledger.LedgerVisitor;
import org.citystream.ledger.MessageId;
import org.citystream.model.place.SensorKind;
import org.citystream.testsupport.MqttExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReadingPublisherTest {
    @RegisterExtension
    static final MqttExtension broker = new MqttExtension();

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void everythingPublishedIsAcknowledgedAndReceivedInOrderOfTheClock() throws Exception {
        try (Subscriber subscriber = new Subscriber(broker.url(), "city/order/#");
                ReadingPublisher publisher = new ReadingPublisher(settings("order", "secret"), null, null)) {
            for (int i = 0; i < 6_000; i++) {
                // Thousands of sensors over the two connections there are by default.
                publisher.publish(reading("order", "s" + i % 3_000, i, START.plusSeconds(i / 10)));
            }
            assertThat(publisher.flush(PATIENCE)).isTrue();

            assertThat(publisher.published()).isEqualTo(6_000);
            assertThat(publisher.acknowledged()).isEqualTo(6_000);
            assertThat(publisher.troubles()).isZero();
            assertThat(publisher.problem()).isEmpty();
            Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() >= 6_000);
            assertThat(subscriber.arrivals()).hasSize(6_000);
            Instant newest = START;
            for (Subscriber.Arrival arrival : subscriber.arrivals()) {
                Instant clockAt = Instant.parse(arrival.property("clock-at"));
                assertThat(clockAt).isAfterOrEqualTo(newest.minus(ReadingPublisher.SPREAD));
                assertThat(arrival.property("clock-key")).isEqualTo("secret");
                newest = clockAt.isAfter(newest) ? clockAt : newest;
            }
            assertThat(broker.droppedMessages()).isZero();
        }
    }

    @Test
    void readingsOfOneSensorArriveInTheirOrder() throws Exception {
        try (Subscriber subscriber = new Subscriber(broker.url(), "city/one/#");
                ReadingPublisher publisher = new ReadingPublisher(settings("one", "k"), null, null)) {
            for (int i = 0; i < 1_000; i++) {
                publisher.publish(reading("one", "s", i, START.plusMillis(i)));
            }
            assertThat(publisher.flush(PATIENCE)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() >= 1_000);
            for (int i = 0; i < 1_000; i++) {
                assertThat(subscriber.arrivals().get(i).payload()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void aReadingNobodySubscribesToWaitsForSomebody() throws Exception {
        try (ReadingPublisher publisher = new ReadingPublisher(settings("early", "k"), null, null)) {
            publisher.publish(reading("early", "s", 1, START));
            publisher.publish(reading("early", "s", 2, START.plusSeconds(1)));
            Awaitility.await().atMost(PATIENCE).until(() -> {
                publisher.tend();
                return publisher.problem().equals(java.util.Optional.of("nobody subscribes to the readings yet"));
            });
            assertThat(publisher.acknowledged()).isZero();
            assertThat(publisher.oldestUnacknowledged()).contains(START);

            try (Subscriber subscriber = new Subscriber(broker.url(), "city/early/#")) {
                assertThat(publisher.flush(PATIENCE)).isTrue();
                Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() >= 2);
                assertThat(subscriber.arrivals())
                        .extracting(Subscriber.Arrival::payload)
                        .containsExactlyInAnyOrder("1", "2");
            }
            assertThat(publisher.acknowledged()).isEqualTo(2);
        }
    }

    @Test
    void withoutAClockKeyReadingsCarryNoClock() throws Exception {
        try (Subscriber subscriber = new Subscriber(broker.url(), "city/plain/#");
                ReadingPublisher publisher = new ReadingPublisher(settings("plain", null), null, null)) {
            publisher.publish(reading("plain", "s", 1, START));
            assertThat(publisher.flush(PATIENCE)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() == 1);
            assertThat(subscriber.arrivals().get(0).properties()).isEmpty();
        }
    }

    @Test
    void aRepeatedReadingIsStampedNoEarlierThanTheDeploymentsClock() throws Exception {
        try (Subscriber subscriber = new Subscriber(broker.url(), "city/again/#");
                ReadingPublisher publisher =
                        new ReadingPublisher(settings("again", "k"), START.plusSeconds(60), null)) {
            publisher.publish(reading("again", "s", 1, START));
            publisher.publish(reading("again", "s", 2, START.plusSeconds(20)));
            assertThat(publisher.flush(PATIENCE)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() == 2);
            assertThat(subscriber.arrivals())
                    .extracting(arrival -> arrival.property("clock-at"))
                    .containsOnly("2026-11-23T08:01:00Z");
        }
    }

    @Test
    void aBrokerThatGoesAndComesBackLosesNothing(@TempDir Path directory) throws Exception {
        MqttBroker first = MqttBroker.start(directory, 0);
        int port = first.port();
        List<String> received = new ArrayList<>();
        MqttSettings settings = new MqttSettings(first.url(), "restart", "k", true);
        AtomicBoolean done = new AtomicBoolean();
        Path folder = directory.resolve("ledger");
        try (ReadingPublisher publisher = new ReadingPublisher(settings, null, Ledger.open(folder, START))) {
            Subscriber before = Subscriber.lasting(first.url(), "city/restart/#", "gateway");
            Thread sending = new Thread(() -> {
                try {
                    for (int i = 0; i < 4_000; i++) {
                        publisher.publish(reading("restart", "s" + i % 20, i, START.plusSeconds(i)));
                    }
                    done.set(publisher.flush(Duration.ofSeconds(60)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            sending.start();
            Awaitility.await().atMost(PATIENCE).until(() -> publisher.acknowledged() > 500);
            first.close();
            before.arrivals().forEach(arrival -> received.add(arrival.payload()));
            try (MqttBroker second = MqttBroker.start(directory, port);
                    Subscriber after = Subscriber.lasting(second.url(), "city/restart/#", "gateway")) {
                sending.join(60_000);
                assertThat(done).isTrue();
                assertThat(publisher.acknowledged()).isEqualTo(4_000);
                assertThat(publisher.troubles()).isPositive();
                Awaitility.await().atMost(PATIENCE).until(() -> {
                    HashSet<String> all = new HashSet<>(received);
                    after.arrivals().forEach(arrival -> all.add(arrival.payload()));
                    return all.size() == 4_000;
                });
            }
        }
        Sendings sendings = new Sendings();
        LedgerReader.read(folder, sendings);
        assertThat(sendings.repeated).as("sent again after the restart").isNotEmpty();
        assertThat(sendings.notRepeated).as("acknowledged at once").hasSizeGreaterThan(500);
    }

    /** What a ledger says of how often messages were sent. */
    private static final class Sendings implements LedgerVisitor {
        private final Set<Long> notRepeated = new HashSet<>();
        private final Set<Long> repeated = new HashSet<>();

        @Override
        public void sent(Entry entry) {
            notRepeated.add(entry.number());
        }

        @Override
        public void repeated(long number) {
            notRepeated.remove(number);
            repeated.add(number);
        }
    }

    private static MqttSettings settings(String clientId, @Nullable String clockKey) {
        return new MqttSettings(broker.url(), clientId, clockKey, true);
    }

    private static Outgoing reading(String city, String sensor, int number, Instant sentAt) {
        return Outgoing.of(
                SensorKind.TRAFFIC,
                new MessageId(sensor, "b", (long) number, null, sentAt.minusSeconds(1)),
                Integer.toString(number).getBytes(StandardCharsets.UTF_8),
                city,
                sentAt);
    }
}
