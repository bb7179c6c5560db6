package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.gateway.clock.ClockKey;
import org.citystream.gateway.clock.ClockSource;
import org.citystream.gateway.clock.DeploymentClock;
import org.citystream.gateway.clock.IntakeContinuity;
import org.citystream.gateway.clock.PublishedTimes;
import org.citystream.gateway.clock.Wall;
import org.citystream.gateway.decode.Decoded;
import org.citystream.gateway.decode.Decoder;
import org.citystream.gateway.decode.Ids;
import org.citystream.gateway.decode.Message;
import org.citystream.gateway.forward.KafkaForwarder;
import org.citystream.gateway.mqtt.Deliveries;
import org.citystream.gateway.mqtt.Delivery;
import org.citystream.gateway.registry.SensorRegistry;
import org.citystream.gateway.route.Route;
import org.citystream.gateway.route.Routes;
import org.citystream.gateway.route.TopicFilter;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.HostileNames;
import org.citystream.testsupport.LogLines;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the gateway owes a publisher (G1 to G4): an acknowledgement means that Kafka has the message. Kafka is a producer
 * that answers when told to; the broker is a note of what was acknowledged.
 */
class IngestLoopTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SOUNDING = "citystream/gateway/test/sounding";
    private static final Map<String, String> KEYED = Map.of("clock-key", "s3cret");

    private final Wall wall = new Wall(NOON.toString());
    private final List<MockProducer<@Nullable String, byte[]>> producers = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<Boolean> listening = new ArrayList<>();
    private final Deliveries broker = new Deliveries();
    private final SensorRegistry registry = new SensorRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final IntakeContinuity continuity = new IntakeContinuity("test");
    private final KafkaForwarder forwarder = new KafkaForwarder(producerSupplier(), "gateway-0", wall, broken::add);

    private final Routes routes = new Routes(List.of());

    private final IngestLoop.Intake intake = new IngestLoop.Intake() {
        @Override
        public int inFlight() {
            return broker.inFlight();
        }

        @Override
        public void listenForClock(boolean on) {
            listening.add(on);
        }

        @Override
        public void giveUp(String reason) {
            broken.add(reason);
        }

        @Override
        public void broken() {
            broken.add("for good");
        }
    };

    private Supplier<Producer<@Nullable String, byte[]>> producerSupplier() {
        return () -> {
            Partitioner partitioner = new RoundRobinPartitioner();
            MockProducer<@Nullable String, byte[]> producer = new MockProducer<>(
                    cluster(), false, partitioner, new StringSerializer(), new ByteArraySerializer());
            producers.add(producer);
            return producer;
        };
    }

    private static Cluster cluster() {
        Node node = new Node(1, "kafka", 9092);
        Node[] nodes = {node};
        List<PartitionInfo> partitions = new ArrayList<>();
        Topics.ALL.forEach(topic -> {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new PartitionInfo(topic.name(), i, node, nodes, nodes));
            }
        });
        return new Cluster("test", List.of(node), partitions, java.util.Set.of(), java.util.Set.of());
    }

    private IngestLoop loop(DeploymentClock clock, boolean strict) {
        return loop(clock, routes, new Admission(registry, strict, RateLimit.none()));
    }

    private IngestLoop limited(double perSecond, int burst) {
        Admission admission = new Admission(registry, false, new RateLimit(perSecond, burst));
        return loop(new DeploymentClock(ClockSource.WALL, wall), routes, admission);
    }

    /** One that hears {@code foreign/#} through that decoder. */
    private IngestLoop hearing(Decoder decoder) {
        Route route = new Route(List.of(new TopicFilter("foreign/#")), decoder);
        return loop(
                new DeploymentClock(ClockSource.WALL, wall),
                new Routes(List.of(route)),
                new Admission(registry, false, RateLimit.none()));
    }

    private IngestLoop loop(DeploymentClock clock, Routes routes, Admission admission) {
        GatewayMetrics metrics = new GatewayMetrics(meters);
        return new IngestLoop(
                100,
                SOUNDING,
                new PublishedTimes(new ClockKey("s3cret")),
                clock,
                continuity,
                new ReadingPath(routes, admission, forwarder, metrics),
                forwarder,
                metrics,
                wall);
    }

    private final IngestLoop loop = loop(new DeploymentClock(ClockSource.WALL, wall), false);

    private MockProducer<@Nullable String, byte[]> kafka() {
        return producers.get(producers.size() - 1);
    }

    private void handle(IngestLoop loop, Delivery... deliveries) {
        try {
            for (Delivery delivery : deliveries) {
                assertThat(loop.offer(delivery)).isTrue();
                loop.turn(intake);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Delivery reading(String sensor, long sequence) {
        return reading(sensor, sequence, NOON, Map.of());
    }

    private Delivery reading(String sensor, long sequence, Instant observedAt, Map<String, String> properties) {
        return broker.arrives(
                "city/lindholm/traffic/" + sensor,
                City.reading(sensor, observedAt, sequence),
                wall.instant(),
                properties);
    }

    /** What was sent, without the clock. */
    private List<ProducerRecord<@Nullable String, byte[]>> sent() {
        return kafka().history().stream()
                .filter(record -> record.headers().lastHeader(ClockTick.HEADER) == null)
                .filter(record -> !record.topic().equals(Topics.CLOCK.name()))
                .toList();
    }

    private List<ProducerRecord<@Nullable String, byte[]>> sent(String topic) {
        return sent().stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private static TrafficReading value(ProducerRecord<@Nullable String, byte[]> record) {
        return JsonCodec.read(record.value(), TrafficReading.class);
    }

    private static String header(ProducerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The first turn's tick is out of the way. */
    private void tickIsStored() throws InterruptedException {
        loop.turn(intake);
        while (kafka().completeNext()) {
            assertThat(broker.acknowledged()).isEmpty();
        }
        kafka().clear();
    }

    @Test
    void g1NothingIsAcknowledgedBeforeKafkaHasIt() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1), reading("loop-2", 1), reading("loop-1", 2));
        assertThat(sent()).hasSize(3);
        assertThat(broker.acknowledged()).isEmpty();
        kafka().completeNext();
        assertThat(broker.acknowledged()).containsExactly(1);
        kafka().completeNext();
        kafka().completeNext();
        assertThat(broker.acknowledged()).containsExactly(1, 2, 3);
    }

    @Test
    void recordIsKeyedBySensorStampedWithArrivalAndSaysWhereItComesFrom() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1, NOON.minusSeconds(7_200), Map.of()));
        ProducerRecord<@Nullable String, byte[]> record = sent().get(0);
        assertThat(record.topic()).isEqualTo(Topics.READINGS_TRAFFIC.name());
        assertThat(record.key()).isEqualTo("loop-1");
        assertThat(record.timestamp()).as("event time stays in the value").isEqualTo(NOON.toEpochMilli());
        assertThat(header(record, "mqtt-topic")).isEqualTo("city/lindholm/traffic/loop-1");
        assertThat(header(record, "gateway-id")).isEqualTo("gateway-0");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(header(record, "schema")).isEqualTo("traffic-reading.v1");
        assertThat(value(record).receivedAt()).isEqualTo(NOON);
        assertThat(value(record).clockAt()).isEqualTo(NOON);
        assertThat(value(record).flags()).containsExactly("unregistered");
    }

    @Test
    void badMessageGoesWholeToTheDeadLettersAndIsAcknowledgedWhenItIsThere() throws InterruptedException {
        tickIsStored();
        handle(loop, broker.arrives("city/lindholm/traffic/loop-1", "{\"sensorId\":", NOON), reading("loop-2", 1));
        ProducerRecord<@Nullable String, byte[]> letter = sent().get(0);
        assertThat(letter.topic()).isEqualTo(Topics.READINGS_REJECTED.name());
        assertThat(letter.key()).isEqualTo("city/lindholm/traffic/loop-1");
        assertThat(letter.value()).asString().isEqualTo("{\"sensorId\":");
        assertThat(header(letter, "reason")).isEqualTo("malformed-json");
        assertThat(header(letter, "detail")).isNotBlank();
        assertThat(header(letter, "mqtt-topic")).isEqualTo("city/lindholm/traffic/loop-1");
        assertThat(header(letter, "received-at")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(header(letter, "decoder")).isEqualTo("native-json");
        assertThat(header(letter, "sensor-id")).isEqualTo("loop-1");
        assertThat(broker.acknowledged()).isEmpty();
        kafka().completeNext();
        assertThat(broker.acknowledged()).containsExactly(1);
        assertThat(meters.get("gateway.rejected")
                        .tag("reason", "malformed-json")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void g2RecordThatKafkaNeverTakesBecomesADeadLetterAndHoldsUpNobody() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1), reading("loop-1", 2));
        kafka().errorNext(new RecordTooLargeException("too large"));
        kafka().completeNext();
        assertThat(broker.acknowledged()).as("the second waits for the first").isEmpty();
        loop.turn(intake);
        assertThat(header(sent(Topics.READINGS_REJECTED.name()).get(0), "reason"))
                .isEqualTo("not-storable");
        kafka().completeNext();
        assertThat(broker.acknowledged()).containsExactly(1, 2);
        assertThat(broken).isEmpty();
    }

    @Test
    void deadLetterThatIsTooLargeIsCutAndSaysSo() throws InterruptedException {
        tickIsStored();
        handle(loop, broker.arrives("city/lindholm/traffic/loop-1", "x".repeat(100_000), NOON));
        kafka().errorNext(new RecordTooLargeException("too large"));
        loop.turn(intake);
        ProducerRecord<@Nullable String, byte[]> cut =
                sent(Topics.READINGS_REJECTED.name()).get(1);
        assertThat(cut.value()).hasSize(65_536);
        assertThat(header(cut, "original-bytes")).isEqualTo("100000");
        kafka().completeNext();
        assertThat(broker.acknowledged()).containsExactly(1);
    }

    @Test
    void replayIsMarkedAsOneWhateverBecomesOfIt() throws InterruptedException {
        tickIsStored();
        Map<String, String> replay = Map.of("replay-of", "0-1041");
        Map<String, String> nonsense = Map.of("replay-of", "\u001b[2J");
        handle(
                loop,
                reading("loop-1", 1, NOON, replay),
                reading("loop-2", 1, NOON.plusSeconds(600), replay),
                reading("loop-3", 1, NOON, nonsense));
        assertThat(header(sent(Topics.READINGS_TRAFFIC.name()).get(0), "replay-of"))
                .isEqualTo("0-1041");
        assertThat(header(sent(Topics.READINGS_REJECTED.name()).get(0), "replay-of"))
                .isEqualTo("0-1041");
        assertThat(sent(Topics.READINGS_TRAFFIC.name()).get(1).headers().lastHeader("replay-of"))
                .isNull();
    }

    @Test
    void g3DeliveryTimeoutGivesTheConnectionUpUnacknowledgedAndAllComesAgain() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1), reading("loop-1", 2), reading("loop-1", 3));
        kafka().completeNext();
        kafka().errorNext(new TimeoutException("expired"));
        assertThat(broken).hasSize(1);
        kafka().completeNext();
        assertThat(broker.acknowledged())
                .as("not even what was stored behind the gap")
                .containsExactly(1);
        assertThat(forwarder.problem()).get().asString().contains("expired");

        broker.drop();
        forwarder.mend();
        assertThat(producers).hasSize(2);
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(forwarder.problem()).isEmpty();
        Deliveries again = new Deliveries();
        handle(loop, again.arrives("city/lindholm/traffic/loop-1", City.reading("loop-1", NOON, 2), NOON));
        while (kafka().completeNext()) {
            assertThat(broken).hasSize(1);
        }
        assertThat(again.acknowledged()).containsExactly(1);
        assertThat(broker.acknowledged()).containsExactly(1);
    }

    @Test
    void g3FencedProducerIsReplacedOnceHoweverManyRecordsFail() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1), reading("loop-2", 1), reading("loop-3", 1));
        kafka().errorNext(new ProducerFencedException("fenced"));
        kafka().errorNext(new ProducerFencedException("fenced"));
        kafka().errorNext(new ProducerFencedException("fenced"));
        assertThat(broken).hasSize(1);
        forwarder.mend();
        forwarder.mend();
        assertThat(producers).hasSize(2);
    }

    @Test
    void brokenLineIsReportedAtEveryTickUntilItIsMended() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1));
        kafka().errorNext(new TimeoutException("expired"));
        wall.passes(Duration.ofSeconds(1));
        loop.turn(intake);
        assertThat(broken)
                .as("a connection made meanwhile must not live on a broken line")
                .hasSize(2);
    }

    @Test
    void g4AcknowledgementsOfALostConnectionAreDropped() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1), reading("loop-2", 1));
        kafka().completeNext();
        broker.drop();
        kafka().completeNext();
        assertThat(broker.acknowledged()).containsExactly(1);
    }

    @Test
    void messagesOfALostConnectionAreNotWorkedOn() throws InterruptedException {
        tickIsStored();
        Delivery late = reading("loop-1", 1);
        broker.drop();
        handle(loop, late);
        assertThat(sent()).isEmpty();
    }

    @Test
    void ticksGoToEveryPartitionBehindTheReadings() throws InterruptedException {
        tickIsStored();
        handle(loop, reading("loop-1", 1));
        wall.passes(Duration.ofSeconds(1));
        loop.turn(intake);
        List<ProducerRecord<@Nullable String, byte[]>> history = kafka().history();
        assertThat(history).hasSize(10);
        assertThat(history.get(0).key()).isEqualTo("loop-1");
        for (String topic : List.of(Topics.READINGS_TRAFFIC.name(), Topics.READINGS_AIR.name())) {
            assertThat(history.subList(1, 9))
                    .filteredOn(record -> record.topic().equals(topic))
                    .extracting(ProducerRecord::partition)
                    .containsExactly(0, 1, 2, 3);
        }
        ClockTick tick = JsonCodec.read(history.get(1).value(), ClockTick.class);
        assertThat(tick).isEqualTo(new ClockTick(NOON.plusSeconds(1), NOON.plusSeconds(1)));
        assertThat(history.get(9).topic()).isEqualTo(Topics.CLOCK.name());
    }

    @Test
    void timeDoesNotPassInAKafkaThatStandsStill() throws InterruptedException {
        loop.turn(intake);
        int first = kafka().history().size();
        wall.passes(Duration.ofSeconds(20));
        loop.turn(intake);
        assertThat(kafka().history()).hasSize(first);
        assertThat(forwarder.problem()).get().asString().contains("acknowledged nothing");
    }

    @Test
    void sinceStaysOnceASoundingHasComeThrough() throws InterruptedException {
        tickIsStored();
        String sounding = continuity.sound(NOON);
        handle(loop, broker.arrives(SOUNDING, sounding, NOON));
        assertThat(broker.acknowledged()).containsExactly(1);
        wall.passes(Duration.ofSeconds(30));
        loop.turn(intake);
        ClockTick tick = JsonCodec.read(kafka().history().get(0).value(), ClockTick.class);
        assertThat(tick).isEqualTo(new ClockTick(NOON.plusSeconds(30), NOON));
    }

    @Test
    void readingFromTheFutureIsRefusedTwoMinutesAheadIsNot() throws InterruptedException {
        tickIsStored();
        handle(
                loop,
                reading("loop-1", 1, NOON.plusSeconds(120), Map.of()),
                reading("loop-1", 2, NOON.plusSeconds(121), Map.of()));
        assertThat(sent(Topics.READINGS_TRAFFIC.name())).hasSize(1);
        ProducerRecord<@Nullable String, byte[]> letter =
                sent(Topics.READINGS_REJECTED.name()).get(0);
        assertThat(header(letter, "reason")).isEqualTo("future-time");
        assertThat(header(letter, "observed-at")).isEqualTo("2026-11-23T12:02:01Z");
    }

    private static Sensor sensor(String id, SensorKind kind, String city, boolean retired) {
        return new Sensor(
                id,
                kind,
                city,
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
                retired,
                null,
                null,
                1,
                Instant.EPOCH);
    }

    @Test
    void registryTellsWhoIsWho() throws InterruptedException {
        registry.add(sensor("known", SensorKind.TRAFFIC, "lindholm", false));
        registry.add(sensor("elsewhere", SensorKind.TRAFFIC, "aarhus", false));
        registry.add(sensor("station", SensorKind.AIR, "lindholm", false));
        registry.add(sensor("old", SensorKind.TRAFFIC, "lindholm", true));
        tickIsStored();
        handle(loop, reading("known", 1), reading("elsewhere", 1), reading("station", 1), reading("old", 1));
        assertThat(sent(Topics.READINGS_TRAFFIC.name()))
                .extracting(record -> value(record).flags())
                .containsExactly(null, List.of("retired"));
        assertThat(sent(Topics.READINGS_REJECTED.name()))
                .extracting(record -> header(record, "reason"))
                .containsExactly("identity-mismatch", "identity-mismatch");
    }

    @Test
    void strictGatewayRefusesStrangers() throws InterruptedException {
        registry.add(sensor("known", SensorKind.TRAFFIC, "lindholm", false));
        tickIsStored();
        handle(loop(new DeploymentClock(ClockSource.WALL, wall), true), reading("known", 1), reading("stranger", 1));
        assertThat(sent(Topics.READINGS_TRAFFIC.name())).hasSize(1);
        assertThat(header(sent(Topics.READINGS_REJECTED.name()).get(0), "reason"))
                .isEqualTo("unknown-sensor");
    }

    @Test
    void sensorThatSendsMoreThanItMayIsRefusedTheRestAndOthersAreNot() throws InterruptedException {
        tickIsStored();
        IngestLoop limited = limited(1, 2);
        handle(limited, reading("loop-1", 1), reading("loop-1", 2), reading("loop-1", 3), reading("loop-2", 1));
        assertThat(sent(Topics.READINGS_TRAFFIC.name()))
                .extracting(ProducerRecord::key)
                .containsExactly("loop-1", "loop-1", "loop-2");
        assertThat(sent(Topics.READINGS_REJECTED.name()))
                .extracting(record -> header(record, "reason"))
                .containsExactly("rate-limited");
        while (kafka().completeNext()) {
            assertThat(broken).isEmpty();
        }
        assertThat(broker.acknowledged()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whatWasReceivedIsForwardedRejectedOfTheClockOrUnderWay() throws InterruptedException {
        tickIsStored();
        handle(
                limited(1, 2),
                announcement(NOON, Map.of()),
                broker.arrives(SOUNDING, "none of ours", NOON),
                reading("loop-1", 1),
                reading("loop-1", 2),
                reading("loop-1", 3),
                broker.arrives("city/lindholm/traffic/loop-2", "{", NOON),
                broker.arrives("city/lindholm/traffic/loop-2", City.reading("loop-3", NOON, 1), NOON));
        double ofTheClock = 2;

        assertThat(counted("gateway.received")).isEqualTo(7);
        assertThat(counted("gateway.forwarded") + counted("gateway.rejected") + ofTheClock + broker.inFlight())
                .as("while Kafka has stored nothing")
                .isEqualTo(7);
        while (kafka().completeNext()) {
            assertThat(counted("gateway.forwarded") + counted("gateway.rejected") + ofTheClock + broker.inFlight())
                    .isEqualTo(7);
        }
        assertThat(broker.inFlight()).isZero();
        assertThat(counted("gateway.forwarded")).isEqualTo(2);
        assertThat(List.of("rate-limited", "malformed-json", "identity-mismatch"))
                .allSatisfy(reason -> assertThat(meters.get("gateway.rejected")
                                .tag("reason", reason)
                                .counter()
                                .count())
                        .isEqualTo(1));
    }

    private double counted(String name) {
        return meters.get(name).counters().stream().mapToDouble(Counter::count).sum();
    }

    @Test
    void hostileNamesAreRefusedWholeOrComeBackAsSentAndForgeNoLine() throws InterruptedException {
        tickIsStored();
        try (LogLines log = new LogLines("org.citystream.gateway")) {
            for (String name : HostileNames.all()) {
                String ofIt = City.readingOfAny(name, NOON, 1);
                boolean isId = Ids.isValid(name);
                comesOut(name, "city/lindholm/traffic/loop-1", ofIt, false);
                comesOut(name, "city/lindholm/traffic/" + name, ofIt, isId);
                comesOut(name, "city/" + name + "/traffic/loop-1", City.reading("loop-1", NOON, 1), isId);
            }
            log.assertNoneIsForged();
        }
        assertThat(broken).isEmpty();
        assertThat(broker.inFlight()).isZero();
    }

    /** What comes of a message with a name somewhere in it, and in all that is told beside it. */
    private void comesOut(String name, String topic, String payload, boolean asReading) {
        Map<String, String> beside = Map.of("replay-of", name, "clock-at", name, "clock-key", "s3cret");
        handle(loop, broker.arrives(topic, payload, NOON, beside));
        assertThat(sent()).hasSize(1);
        ProducerRecord<@Nullable String, byte[]> record = sent().get(0);
        assertThat(record.headers().lastHeader("replay-of")).isNull();
        assertThat(header(record, "mqtt-topic")).isEqualTo(topic);
        if (asReading) {
            TrafficReading reading = value(record);
            assertThat(List.of(reading.cityId(), reading.sensorId())).contains(name);
            assertThat(record.key()).isEqualTo(reading.sensorId());
        } else {
            assertThat(record.topic()).as(topic).isEqualTo(Topics.READINGS_REJECTED.name());
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(payload);
            assertThat(header(record, "reason")).isIn("bad-id", "identity-mismatch", "unknown-topic");
            assertThat(header(record, "detail")).isNotBlank().doesNotContainPattern("\\p{C}");
        }
        kafka().completeNext();
        kafka().clear();
    }

    @Test
    void whatQueuedWhileWeWereAwayIsNoFlood() throws InterruptedException {
        tickIsStored();
        IngestLoop limited = limited(1, 100);
        for (int i = 0; i < 600; i++) {
            handle(limited, reading("loop-1", i, NOON.minusSeconds(600 - i), Map.of()));
        }
        assertThat(sent(Topics.READINGS_TRAFFIC.name())).hasSize(600);
        assertThat(sent(Topics.READINGS_REJECTED.name())).isEmpty();
    }

    @Test
    void replaysHaveARateOfTheirOwnAndAreNoWayRoundTheLimit() throws InterruptedException {
        tickIsStored();
        IngestLoop limited = limited(1, 2);
        Map<String, String> replay = Map.of("replay-of", "0-1041");
        handle(limited, reading("loop-1", 1), reading("loop-1", 2), reading("loop-1", 3));
        for (int i = 0; i < 10; i++) {
            handle(limited, reading("loop-1", 10 + i, NOON.minusSeconds(10 - i), replay));
        }
        assertThat(sent(Topics.READINGS_TRAFFIC.name())).hasSize(12);
        for (int i = 0; i < 10; i++) {
            handle(limited, reading("loop-1", 20 + i, NOON, replay));
        }
        assertThat(sent(Topics.READINGS_TRAFFIC.name()))
                .as("a burst of 2, more or less")
                .hasSizeBetween(12, 14);
    }

    @Test
    void messageOfWhichADecoderMakesNothingHoldsUpNobody() throws InterruptedException {
        tickIsStored();
        Decoder silent = decoder(() -> List.of());
        Decoder failing = decoder(() -> {
            throw new IllegalStateException("nobody has foreseen this");
        });
        handle(hearing(silent), broker.arrives("foreign/1", "{}", NOON));
        handle(hearing(failing), broker.arrives("foreign/2", "{}", NOON), reading("loop-1", 1));
        assertThat(sent(Topics.READINGS_REJECTED.name()))
                .extracting(record -> header(record, "reason"))
                .containsExactly("missing-field", "decoder-failed");
        while (kafka().completeNext()) {
            assertThat(broken).isEmpty();
        }
        assertThat(broker.acknowledged()).containsExactly(1, 2, 3);
    }

    @Test
    void intakeThatEndsForGoodSaysSo() {
        IngestLoop breaking = hearing(decoder(() -> {
            throw new NoClassDefFoundError("a library is missing");
        }));
        assertThat(breaking.offer(broker.arrives("foreign/1", "{}", NOON))).isTrue();
        assertThat(breaking.problem()).isEmpty();
        breaking.run(() -> {}, intake);
        assertThat(breaking.problem()).get().asString().contains("intake has ended", "a library is missing");
        assertThat(broken).containsExactly("for good");
        assertThat(broker.acknowledged()).isEmpty();
    }

    private static Decoder decoder(Supplier<List<Decoded>> decoding) {
        return new Decoder() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public List<Decoded> decode(Message message) {
                return decoding.get();
            }
        };
    }

    private static final Instant FEBRUARY_2014 = Instant.parse("2014-02-13T11:30:00Z");

    private Delivery announcement(Instant now, Map<String, String> properties) {
        return broker.arrives(
                "city/clock",
                "{\"now\":\"" + now + "\",\"speed\":60,\"source\":\"replay\"}",
                wall.instant(),
                properties);
    }

    @Test
    void beforeThereIsAClockReadingsWaitUnacknowledgedAndTheClockIsListenedFor() throws InterruptedException {
        IngestLoop published = loop(new DeploymentClock(ClockSource.PUBLISHED, wall), false);
        handle(published, reading("loop-1", 1, FEBRUARY_2014, Map.of()));
        wall.passes(Duration.ofSeconds(1));
        published.turn(intake);
        assertThat(kafka().history()).as("no reading, no tick").isEmpty();
        assertThat(listening).containsExactly(true);

        handle(published, announcement(FEBRUARY_2014, Map.of()));
        assertThat(kafka().history()).as("anybody can say so").isEmpty();

        handle(published, announcement(FEBRUARY_2014, KEYED));
        assertThat(value(sent().get(0)).clockAt()).isEqualTo(FEBRUARY_2014);
        wall.passes(Duration.ofSeconds(1));
        published.turn(intake);
        assertThat(listening).containsExactly(true, false);
        while (kafka().completeNext()) {
            assertThat(broken).isEmpty();
        }
        assertThat(broker.acknowledged()).containsExactly(1, 2, 3);
        assertThat(meters.get("gateway.clock.ignored").counter().count()).isEqualTo(1);
    }

    @Test
    void publishersReadingsBearTheirOwnClockAndOthersTheLastKnown() {
        IngestLoop published = loop(new DeploymentClock(ClockSource.PUBLISHED, wall), false);
        Map<String, String> keyed = Map.of("clock-key", "s3cret", "clock-at", FEBRUARY_2014.toString());
        Map<String, String> forged = Map.of("clock-key", "guess", "clock-at", "2031-01-01T00:00:00Z");
        handle(
                published,
                reading("loop-1", 1, FEBRUARY_2014, keyed),
                reading("loop-2", 1, FEBRUARY_2014, Map.of()),
                reading("loop-3", 1, FEBRUARY_2014, forged));
        assertThat(sent()).extracting(record -> value(record).clockAt()).containsOnly(FEBRUARY_2014);
        assertThat(Optional.ofNullable(sent().get(0).timestamp())).contains(NOON.toEpochMilli());
    }

    @Test
    void publishedTimeBeyondAllTimesIsIgnoredAndStopsNothing() {
        DeploymentClock clock = new DeploymentClock(ClockSource.PUBLISHED, wall);
        IngestLoop published = loop(clock, false);
        Map<String, String> beyond = Map.of("clock-key", "s3cret", "clock-at", "+1000000000-12-31T23:59:59.999999999Z");
        Map<String, String> keyed = Map.of("clock-key", "s3cret", "clock-at", FEBRUARY_2014.toString());
        handle(
                published,
                reading("loop-1", 1, FEBRUARY_2014, keyed),
                reading("loop-1", 2, FEBRUARY_2014, beyond),
                announcement(Instant.MAX, KEYED),
                reading("loop-1", 3, FEBRUARY_2014, keyed));
        assertThat(sent()).extracting(record -> value(record).clockAt()).containsOnly(FEBRUARY_2014);
        assertThat(clock.now()).contains(FEBRUARY_2014);
        assertThat(meters.get("gateway.clock.ignored").counter().count()).isEqualTo(2);
    }

    @Test
    void anAnnouncementBehindTheReadingsDoesNotPushTheClockAheadOfThoseOnTheirWay() {
        IngestLoop published = loop(new DeploymentClock(ClockSource.PUBLISHED, wall), false);
        Map<String, String> keyed = Map.of("clock-key", "s3cret", "clock-at", FEBRUARY_2014.toString());
        handle(published, reading("loop-1", 1, FEBRUARY_2014, keyed));
        wall.passes(Duration.ofSeconds(1));
        handle(published, announcement(FEBRUARY_2014.minusSeconds(20), KEYED));
        handle(published, reading("loop-2", 1, FEBRUARY_2014, keyed));
        assertThat(sent()).extracting(record -> value(record).clockAt()).containsOnly(FEBRUARY_2014);
    }

    @Test
    void timesQueuedBeforeARestartDoNotMakeAPublisherThatRunsNowLookLikeAnEarlierReplay() throws InterruptedException {
        DeploymentClock clock = new DeploymentClock(ClockSource.PUBLISHED, wall);
        clock.resume(FEBRUARY_2014.plusSeconds(3_600));
        IngestLoop published = loop(clock, false);
        String sounding = continuity.sound(NOON);
        handle(published, announcement(FEBRUARY_2014, KEYED));
        assertThat(clock.problem()).as("nobody knows yet how old it is").isPresent();

        handle(published, broker.arrives(SOUNDING, sounding, NOON));
        assertThat(clock.problem()).as("it had been queued").isEmpty();

        handle(published, announcement(FEBRUARY_2014, KEYED));
        assertThat(clock.problem()).as("this one is live").isPresent();
    }

    @Test
    void stampsNeverRunBackwardsWhateverThePublisherSays() {
        IngestLoop published = loop(new DeploymentClock(ClockSource.PUBLISHED, wall), false);
        long seed = ThreadLocalRandom.current().nextLong();
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < 50; i++) {
            Instant claimed = FEBRUARY_2014.plusSeconds(random.nextInt(600));
            Map<String, String> keyed = Map.of("clock-key", "s3cret", "clock-at", claimed.toString());
            handle(published, reading("loop-1", i, FEBRUARY_2014, random.nextInt(3) == 0 ? Map.of() : keyed));
            wall.passes(Duration.ofMillis(random.nextInt(50)));
        }
        Instant last = Instant.MIN;
        for (ProducerRecord<@Nullable String, byte[]> record : sent()) {
            Instant clockAt = value(record).clockAt();
            assertThat(clockAt).as("seed %d", seed).isNotNull().isAfterOrEqualTo(last);
            last = clockAt;
        }
    }
}
