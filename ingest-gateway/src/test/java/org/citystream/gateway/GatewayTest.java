package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.ClockState;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The gateway between a real broker and a real Kafka, both of which are at times taken away. */
class GatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Messages a second. */
    private static final int RATE = 500;
    /** What a gateway asks a broker for by default, and HiveMQ keeps to. */
    private static final int IN_HAND = 500;

    @TempDir
    static Path directory;

    static City city;

    @BeforeAll
    static void open() throws Exception {
        city = new City(directory);
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static String clientId(TestInfo test) {
        return "--mqtt-client-id=" + name(test);
    }

    private static String name(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName();
    }

    /** Else the broker keeps all messages of the tests to come for it. */
    @AfterEach
    void endSession(TestInfo test) throws Exception {
        Publisher.endSession(city.mqttUrl(), name(test));
    }

    private static Set<Long> sequences(String sensorPrefix) {
        Set<Long> sequences = new HashSet<>();
        for (ConsumerRecord<@Nullable String, byte[]> record : city.readings(Topics.READINGS_TRAFFIC)) {
            TrafficReading reading = JsonCodec.read(record.value(), TrafficReading.class);
            if (reading.sensorId().startsWith(sensorPrefix) && reading.sequence() != null) {
                sequences.add(reading.sequence());
            }
        }
        return sequences;
    }

    private static void publish(Publisher publisher, String prefix, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            String sensor = prefix + "-" + i % 50;
            publisher.publish("city/lindholm/traffic/" + sensor, City.reading(sensor, Instant.now(), i));
        }
    }

    @Test
    void everyReadingArrivesOnceAndBadOnesSayWhy(TestInfo test) throws Exception {
        city.register(sensor("once-1"));
        try (Gateway gateway = city.gateway(clientId(test));
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe.of(gateway).awaitReady();
            publish(publisher, "once", 0, 500);
            publisher.publish("city/lindholm/traffic/once-7", "{\"sensorId\":");
            publisher.publish("city/lindholm/traffic/once-7", City.reading("once-8", Instant.now(), 1));
            publish(publisher, "once", 500, 1_000);
            assertThat(publisher.settle()).isEqualTo(1_002);

            await().atMost(PATIENCE).until(() -> sequences("once").size() == 1_000);
            await().atMost(PATIENCE)
                    .until(() -> city.records(Topics.READINGS_REJECTED).size() >= 2);
            List<ConsumerRecord<@Nullable String, byte[]>> readings = city.readings(Topics.READINGS_TRAFFIC).stream()
                    .filter(record -> String.valueOf(record.key()).startsWith("once"))
                    .toList();
            assertThat(readings).hasSize(1_000);
            assertReading(readings);
            assertThat(city.records(Topics.READINGS_REJECTED))
                    .extracting(record -> City.header(record, "reason"))
                    .contains("malformed-json", "identity-mismatch");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Probe.of(gateway).metrics())
                            .contains("gateway_forwarded_total{kind=\"traffic\"} 1000.0")
                            .contains("gateway_rejected_total{reason=\"malformed-json\"} 1.0")
                            .contains("gateway_in_flight 0.0"));
        }
    }

    private static void assertReading(List<ConsumerRecord<@Nullable String, byte[]>> readings) {
        Map<String, Long> latest = new HashMap<>();
        for (ConsumerRecord<@Nullable String, byte[]> record : readings) {
            TrafficReading reading = JsonCodec.read(record.value(), TrafficReading.class);
            assertThat(reading.cityId()).isEqualTo("lindholm");
            assertThat(reading.receivedAt()).isNotNull();
            assertThat(reading.clockAt()).isNotNull();
            assertThat(reading.flags()).isEqualTo(reading.sensorId().equals("once-1") ? null : List.of("unregistered"));
            assertThat(record.key()).isEqualTo(reading.sensorId());
            assertThat(City.header(record, "mqtt-topic")).isEqualTo("city/lindholm/traffic/" + reading.sensorId());
            assertThat(City.header(record, "gateway-id")).startsWith("everyReading");
            long sequence = reading.sequence() == null ? -1 : reading.sequence();
            assertThat(sequence)
                    .as("order of %s", reading.sensorId())
                    .isGreaterThan(latest.getOrDefault(reading.sensorId(), -1L));
            latest.put(reading.sensorId(), sequence);
        }
    }

    private static Sensor sensor(String id) {
        return new Sensor(
                id,
                SensorKind.TRAFFIC,
                "lindholm",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                1,
                Instant.EPOCH);
    }

    @Test
    void ticksStandInEveryPartitionBehindTheReadingsStampedBefore(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test));
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe.of(gateway).awaitReady();
            publish(publisher, "tick", 0, 500);
            publisher.settle();
            await().atMost(PATIENCE).until(() -> sequences("tick").size() == 500);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(partitionsWithDrainedTick(Topics.READINGS_TRAFFIC)).containsOnly(0, 1, 2, 3);
                assertThat(partitionsWithDrainedTick(Topics.READINGS_AIR)).containsOnly(0, 1, 2, 3);
            });
        }
        Map<Integer, Instant> clock = new HashMap<>();
        for (ConsumerRecord<@Nullable String, byte[]> record : city.records(Topics.READINGS_TRAFFIC)) {
            Instant clockAt = City.isTick(record)
                    ? JsonCodec.read(record.value(), ClockTick.class).clockAt()
                    : JsonCodec.read(record.value(), TrafficReading.class).clockAt();
            assertThat(clockAt).isNotNull().isAfterOrEqualTo(clock.getOrDefault(record.partition(), Instant.MIN));
            clock.put(record.partition(), clockAt);
        }
        ClockState last = city.records(Topics.CLOCK).stream()
                .map(record -> JsonCodec.read(record.value(), ClockState.class))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(last.source()).isEqualTo("wall");
        assertThat(last.speed()).isEqualTo(1);
    }

    /** Ticks that say the backlog is drained: their {@code since} stays while their clock goes on. */
    private static Set<Integer> partitionsWithDrainedTick(org.citystream.model.wire.Topic topic) {
        Set<Integer> partitions = new HashSet<>();
        city.records(topic).stream().filter(City::isTick).forEach(record -> {
            ClockTick tick = JsonCodec.read(record.value(), ClockTick.class);
            if (tick.since().isBefore(tick.clockAt())) {
                partitions.add(record.partition());
            }
        });
        return partitions;
    }

    @Test
    void gatewayThatIsKilledLosesNothing(TestInfo test) throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(city, name(test))) {
            nothingIsLost("gateway", GatewayProcess.RECEIVE_MAXIMUM, gateway::killAndStart);
        }
    }

    /** Members of a group keep their client ids, so that what a dead one had in hand comes back with it. */
    @Test
    void oneOfTwoGatewaysThatIsKilledLosesNothing(TestInfo test) throws Exception {
        String group = "--mqtt-shared-group=group";
        String other = name(test) + "-other";
        try (GatewayProcess first = new GatewayProcess(city, name(test), group);
                GatewayProcess second = new GatewayProcess(city, other, group);
                Fleet fleet = Fleet.start(city.mqttUrl(), "member", RATE)) {
            fleet.awaitAcknowledged(RATE);
            first.killAndStart();
            fleet.awaitAcknowledged(fleet.acknowledged() + RATE / 2);
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, "member")) {
                assertThat(arrivals.await(count).unique()).isEqualTo(count);
                assertThat(arrivals.duplicates()).as("repeated").isLessThanOrEqualTo(GatewayProcess.RECEIVE_MAXIMUM);
            }
            assertThat(first.probe().metric("gateway_forwarded_total")).isPositive();
            assertThat(second.probe().metric("gateway_forwarded_total")).isPositive();
        } finally {
            Publisher.endSession(city.mqttUrl(), other);
        }
    }

    @Test
    void brokerThatIsKilledLosesItsLastMessageAtMost(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test))) {
            Probe.of(gateway).awaitReady();
            isLost("broker", KillTest.LOST_BY_A_KILL_OF_A_BROKER, IN_HAND + Fleet.AHEAD, () -> {
                city.broker().kill();
                city.broker().start();
            });
        }
    }

    @Test
    void kafkaThatIsKilledAndAwayForAWhileLosesNothing(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test), "--kafka-delivery-timeout=PT4S")) {
            Probe probe = Probe.of(gateway);
            probe.awaitReady();
            nothingIsLost("kafka", IN_HAND, () -> {
                city.kafka().kill();
                // Longer than the delivery timeout: the producer gives up and is replaced.
                await().atMost(PATIENCE).until(() -> probe.health().contains("Kafka did not take"));
                city.kafka().start();
            });
            probe.awaitReady();
        }
    }

    /** Whatever befalls under load, all that sensors got acknowledged comes to Kafka, in order, and little of it twice. */
    private static void nothingIsLost(String prefix, int mayBeRepeated, Runnable blow) throws Exception {
        isLost(prefix, 0, mayBeRepeated, blow);
    }

    private static void isLost(String prefix, int mayBeLost, int mayBeRepeated, Runnable blow) throws Exception {
        try (Fleet fleet = Fleet.start(city.mqttUrl(), prefix, RATE)) {
            fleet.awaitAcknowledged(RATE);
            blow.run();
            fleet.awaitAcknowledged(fleet.acknowledged() + RATE / 2);
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, prefix)) {
                arrivals.await(count - mayBeLost);
                assertThat(arrivals.unique()).isBetween(count - mayBeLost, count);
                assertThat(arrivals.outOfOrder()).isEmpty();
                assertThat(arrivals.duplicates()).as("repeated").isLessThanOrEqualTo(mayBeRepeated);
            }
        }
    }

    @Test
    void readingsBeforeAnyPublishedClockAreHeldAndTheClockIsFoundPastThem(TestInfo test) throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("published"));
        try (City fresh = new City(elsewhere, Broker.borrowed(city.broker()));
                Publisher publisher = new Publisher(fresh.mqttUrl())) {
            String[] settings = {
                clientId(test), "--clock-source=published", "--clock-key=s3cret", "--mqtt-receive-maximum=20"
            };
            Instant past = Instant.parse("2014-02-13T11:30:00Z");
            try (Gateway gateway = fresh.gateway(settings)) {
                Probe.of(gateway).awaitReady();
                for (int i = 0; i < 200; i++) {
                    publisher.publish("city/lindholm/traffic/held-" + i, City.reading("held-" + i, past, i));
                }
                publisher.settle();
                // How many it sends ahead is the broker's affair: HiveMQ may send but one.
                await().atMost(PATIENCE)
                        .until(() -> !Probe.of(gateway).metrics().contains("gateway_in_flight 0.0"));
                assertThat(fresh.records(Topics.READINGS_TRAFFIC))
                        .as("neither readings nor ticks")
                        .isEmpty();
                publisher.publish(
                        "city/clock",
                        ("{\"now\":\"" + past + "\",\"speed\":60,\"source\":\"replay\"}")
                                .getBytes(StandardCharsets.UTF_8),
                        Map.of("clock-key", "s3cret"),
                        true);
                await().atMost(PATIENCE)
                        .until(() -> fresh.readings(Topics.READINGS_TRAFFIC).size() == 200);
            }
            Instant stand = newestTick(fresh);
            assertThat(stand).isBetween(past, past.plusSeconds(120));
            try (Gateway again = fresh.gateway(settings)) {
                Probe.of(again).awaitReady();
                publisher.publish("city/lindholm/traffic/held-1", City.reading("held-1", past, 1_001));
                await().atMost(PATIENCE)
                        .until(() -> fresh.readings(Topics.READINGS_TRAFFIC).size() == 201);
            }
            assertThat(newestTick(fresh))
                    .as("after a restart the clock stands where it stood")
                    .isAfterOrEqualTo(stand);
        }
    }

    private static Instant newestTick(City of) {
        return of.records(Topics.CLOCK).stream()
                .map(record -> JsonCodec.read(record.value(), ClockState.class).now())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    @Test
    void readyNamesWhatIsMissing(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test), "--mqtt-url=tcp://127.0.0.1:1")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(Probe.of(gateway).health()).contains("not connected to tcp://127.0.0.1:1"));
            assertThat(Probe.of(gateway).status("/health/live")).isEqualTo(200);
        }
    }
}
