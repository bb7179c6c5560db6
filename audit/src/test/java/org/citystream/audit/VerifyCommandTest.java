package org.citystream.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citystream.ledger.Ledger;
import org.citystream.ledger.MessageId;
import org.citystream.ledger.PayloadHash;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.ClockState;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From options to exit code, with real Kafka in which losses are planted. */
class VerifyCommandTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    private static final Instant BEGUN = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void newDeployment() {
        kafka.empty(Topics.READINGS_TRAFFIC, Topics.READINGS_LATE, Topics.SUMMARIES_TRAFFIC);
        kafka.produce(Topics.CLOCK, null, new ClockState(EIGHT.plusSeconds(7_200), 1, null, "simulated"));
    }

    @Test
    void aWholeDeploymentIsFoundWhole() throws Exception {
        try (Ledger ledger = Ledger.open(directory, BEGUN)) {
            for (int i = 1; i <= 3; i++) {
                send(ledger, traffic(i, 14.0));
                store(traffic(i, 14.0), i);
            }
            send(ledger, air());
            kafka.produce(Topics.READINGS_AIR, "air-07", stored(air()));
            byte[] broken = "{\"sensorId\"".getBytes(StandardCharsets.UTF_8);
            ledger.acknowledged(ledger.sent(MessageId.of(traffic(4, 1.0)), PayloadHash.of(broken), true));
            reject(broken);
            tick();
        }
        summary(1, 3);
        airSummary();

        Verification verification = verify("--ledger", directory.toString());
        assertThat(verification.status()).as(verification.err()).isZero();
        assertThat(verification.out())
                .containsPattern("sent +5\n")
                .containsPattern("once +4\n")
                .containsPattern("rejected +1\n")
                .containsPattern("malformed-json +1\n")
                .containsPattern("lost +0\n")
                .endsWith("OK: nothing lost, nothing invented\n");
    }

    @Test
    void aRejectedMessageIsFoundWhereverItsTopicNamesTheSensor() throws Exception {
        byte[] broken = "{\"end_device_ids\"".getBytes(StandardCharsets.UTF_8);
        byte[] odd = "{\"end_device_ids\":7}".getBytes(StandardCharsets.UTF_8);
        try (Ledger ledger = Ledger.open(directory, BEGUN)) {
            ledger.acknowledged(ledger.sent(MessageId.of(traffic(1, 1.0)), PayloadHash.of(broken), false));
            ledger.acknowledged(ledger.sent(MessageId.of(traffic(2, 1.0)), PayloadHash.of(odd), false));
            reject("v3/app@tenant/devices/loop-0421/up", broken);
            reject("v3/app@tenant/devices/loop-0421/up", odd);
            tick();
        }
        Verification verification = verify("--ledger", directory.toString());
        assertThat(verification.status()).as(verification.err()).isZero();
        assertThat(verification.out()).containsPattern("rejected +2\n").containsPattern("lost +0\n");
    }

    /** Sent by one sensor and arrived under the topic of another: it is whole, and nobody's loss. */
    @Test
    void aMessageUnderAnotherSensorsTopicIsFoundAmongTheRejected() throws Exception {
        try (Ledger ledger = Ledger.open(directory, BEGUN)) {
            TrafficReading astray = traffic(1, 30.0);
            send(ledger, astray);
            TrafficReading neighbour = new TrafficReading(
                    "loop-0422", EIGHT, 60, "b1", 1L, 1, 5, 40.0, null, null, null, null, null, null);
            send(ledger, neighbour);
            store(neighbour, 1);
            reject("city/aarhus/traffic/loop-0422", JsonCodec.write(astray), "identity-mismatch");
            tick();
        }
        assertThat(verify("--ledger", directory.toString()).out())
                .containsPattern("rejected +1\n")
                .containsPattern("lost +0\n");
    }

    @Test
    void plantedLossDuplicateCorruptionAndPhantomAreFound() throws Exception {
        try (Ledger ledger = Ledger.open(directory, BEGUN)) {
            for (int i = 1; i <= 10; i++) {
                send(ledger, traffic(i, 14.0));
            }
            ledger.sent(MessageId.of(traffic(11, 14.0)), PayloadHash.of(JsonCodec.write(traffic(11, 14.0))), true);
        }
        for (int i = 1; i <= 10; i++) {
            if (i != 3) {
                store(traffic(i, i == 7 ? 15.0 : 14.0), i);
            }
        }
        store(traffic(5, 14.0), 20);
        store(traffic(99, 14.0), 21);
        summary(1, 10);

        Verification verification = verify("--ledger", directory.toString(), "--json");
        assertThat(verification.status()).isEqualTo(1);
        JsonNode report = JsonCodec.internal().readTree(verification.out());
        assertThat(report.path("ok").asBoolean()).isFalse();
        Map.of("sent", 11, "once", 7, "duplicate", 1, "lost", 1, "corrupted", 1, "phantom", 1, "indefinite-absent", 1)
                .forEach((name, count) -> assertThat(
                                report.path("messages").path(name).asInt())
                        .as(name)
                        .isEqualTo(count));
        assertThat(report.at("/examples/messages~1lost/0").asText()).contains("loop-0421 boot b1 sequence 3 lane 1 at");
        assertThat(report.at("/examples/messages~1corrupted/0").asText()).contains("sequence 7");
        assertThat(report.at("/examples/messages~1phantom/0").asText()).contains("sequence 99");
        assertThat(report.at("/traffic/uncounted").asInt()).isZero();
    }

    @Test
    void countsThatDoNotAgreeAreAFailureAlsoWithoutALedger() {
        store(traffic(1, 14.0), 1);
        store(traffic(2, 14.0), 2);
        summary(1, 1);

        Verification verification = verify();
        assertThat(verification.status()).isEqualTo(1);
        assertThat(verification.out())
                .containsPattern("uncounted +1  FAILURE\n      window of 2026-11-23T08:00:00Z: 1 readings\n")
                .endsWith("FAILED: 1 uncounted\n");
    }

    /** The late topic has the place of such a reading and not its fields. */
    @Test
    void aReadingBehindTheSnapshotIsLateAndNotUncounted() {
        store(traffic(1, 14.0), 1);
        store(traffic(2, 14.0), 2);
        summary(1, 1);
        ConsumerRecord<@Nullable String, byte[]> second =
                kafka.consume(Topics.READINGS_TRAFFIC.name(), 2).get(1);
        kafka.produce(
                Topics.READINGS_LATE,
                "loop-0421",
                Map.of(
                        "sensorId",
                        "loop-0421",
                        "observedAt",
                        EIGHT.plusSeconds(30).toString(),
                        "reason",
                        "behind-snapshot",
                        "source",
                        Map.of("topic", second.topic(), "partition", second.partition(), "offset", second.offset())));

        Verification verification = verify();
        assertThat(verification.status()).as(verification.toString()).isZero();
        assertThat(verification.out()).containsPattern("late +1\n").containsPattern("uncounted +0\n");
    }

    @Test
    void alertsDeliveriesAndPointsAreAskedFor() throws Exception {
        kafka.empty(Topics.READINGS_AIR, Topics.SUMMARIES_AIR);
        summary(1, 0);
        Path log = Files.writeString(directory.resolve("received.jsonl"), """
                {"webhookId":"msg_1","verdict":"verified","body":{"type":"alert.opened","data":{"alertId":"al-1","sequence":1}}}
                {"webhookId":"msg_1","verdict":"verified","body":{"type":"alert.opened","data":{"alertId":"al-1","sequence":2}}}
                {"webhookId":"msg_""");
        try (AnsweringServer server = new AnsweringServer(null, VerifyCommandTest::answer)) {
            Verification verification = verify(
                    "--alerting-url", server.url(), "--questdb-url", server.url(), "--webhook-log", log.toString());

            assertThat(server.asked()).contains("/api/v1/silences", "/exec");
            assertThat(verification.out())
                    .containsPattern("points +1\n")
                    .containsPattern("points-missing +0\n")
                    .containsPattern("delivered +1\n")
                    .endsWith("FAILED: 1 alerts-without-episode, 1 received-with-two-contents\n");
            assertThat(verification.status()).isEqualTo(1);
        }
    }

    private static @Nullable String answer(URI asked) {
        boolean air = String.valueOf(asked.getQuery()).contains("FROM+air");
        return switch (asked.getPath()) {
            case "/api/v1/alerts" -> "{\"items\":[{\"alertId\":\"al-1\"}],\"next\":null}";
            case "/api/v1/alerts/al-1" ->
                "{\"alertId\":\"al-1\",\"episodeId\":\"ep-1\",\"state\":\"firing\","
                        + "\"history\":[{\"sequence\":1,\"type\":\"alert.opened\",\"told\":true,"
                        + "\"recordedAt\":\"2026-11-23T08:10:00Z\"}]}";
            case "/api/v1/webhooks" ->
                "{\"items\":[{\"id\":\"wh_1\",\"url\":\"http://x\",\"types\":[],"
                        + "\"enabled\":true,\"createdAt\":\"2026-11-23T07:00:00Z\"}],\"next\":null}";
            case "/api/v1/webhooks/wh_1/deliveries" ->
                "{\"items\":[{\"id\":\"msg_1\",\"webhookId\":\"wh_1\","
                        + "\"state\":\"delivered\",\"createdAt\":\"2026-11-23T08:10:00Z\",\"request\":{\"type\":\"alert.opened\","
                        + "\"data\":{\"alertId\":\"al-1\",\"sequence\":1}}}],\"next\":null}";
            case "/exec" -> air ? "{\"dataset\":[]}" : "{\"dataset\":[[\"2026-11-23T08:01:00.000000Z\",1]]}";
            default -> null;
        };
    }

    @Test
    void whereReadingNeedsATokenTheAuditHasOne() throws Exception {
        Path token = Files.writeString(directory.resolve("viewer.token"), "of-a-viewer\n");
        try (AnsweringServer server = new AnsweringServer("of-a-viewer", VerifyCommandTest::answer)) {
            Verification stranger = verify("--alerting-url", server.url());
            Verification viewer = verify("--alerting-url", server.url(), "--alerting-token-file", token.toString());

            assertThat(stranger.status()).isEqualTo(1);
            assertThat(stranger.err()).contains("answers HTTP 401").contains("name a file with a token");
            assertThat(viewer.out()).containsPattern("alerts +1\n");
        }
        Verification unreadable = verify("--alerting-url", "http://a", "--alerting-token-file", "/none");
        assertThat(unreadable.status()).isEqualTo(2);
        assertThat(unreadable.err())
                .contains("the file with a token or password cannot be read")
                .contains("/none");
    }

    @Test
    void whatCannotBeCheckedIsSaidWithWhatToDo() {
        Verification noLedger = verify("--ledger", directory.resolve("none").toString());
        assertThat(noLedger.status()).isEqualTo(1);
        assertThat(noLedger.err()).contains("there is no ledger in").contains("what to do: name the folder");

        Verification nobody = verify("--alerting-url", "http://127.0.0.1:1");
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.err()).contains("the alerting service at http://127.0.0.1:1 does not answer");

        assertThat(verify("--bogus").status()).isEqualTo(2);
        assertThat(verify("--questdb-url", "http://a", "--influxdb-url", "http://b")
                        .status())
                .isEqualTo(2);
    }

    private Verification verify(String... options) {
        return Verification.run(kafka.bootstrapServers(), NOON, options);
    }

    private static void send(Ledger ledger, TrafficReading reading) {
        ledger.acknowledged(ledger.sent(MessageId.of(reading), PayloadHash.of(JsonCodec.write(reading)), true));
    }

    private static void send(Ledger ledger, AirQualityReading reading) {
        ledger.acknowledged(ledger.sent(MessageId.of(reading), PayloadHash.of(JsonCodec.write(reading)), true));
    }

    /** As the gateway stores it. */
    private static void store(TrafficReading reading, int arrival) {
        kafka.produce(
                Topics.READINGS_TRAFFIC,
                reading.sensorId(),
                new TrafficReading(
                        reading.sensorId(),
                        reading.observedAt(),
                        reading.periodSeconds(),
                        reading.bootId(),
                        reading.sequence(),
                        reading.laneId(),
                        reading.vehicleCount(),
                        reading.averageSpeedKmh(),
                        reading.occupancy(),
                        null,
                        "aarhus",
                        EIGHT.plusSeconds(arrival),
                        EIGHT.plusSeconds(arrival),
                        List.of("unregistered")));
    }

    private static AirQualityReading stored(AirQualityReading reading) {
        return new AirQualityReading(
                reading.sensorId(),
                reading.observedAt(),
                reading.periodSeconds(),
                reading.bootId(),
                reading.sequence(),
                reading.pm25UgM3(),
                null,
                reading.no2UgM3(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "aarhus",
                EIGHT,
                EIGHT,
                null);
    }

    private static void reject(byte[] payload) {
        reject("city/aarhus/traffic/loop-0421", payload);
    }

    private static void reject(String topic, byte[] payload) {
        reject(topic, payload, "malformed-json");
    }

    private static void reject(String topic, byte[] payload, String reason) {
        ProducerRecord<@Nullable String, byte[]> record =
                new ProducerRecord<>(Topics.READINGS_REJECTED.name(), topic, payload);
        record.headers().add("mqtt-topic", topic.getBytes(StandardCharsets.UTF_8));
        record.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
        kafka.produce(record);
    }

    private static void tick() {
        ProducerRecord<@Nullable String, byte[]> record = new ProducerRecord<>(
                Topics.READINGS_TRAFFIC.name(), 0, null, JsonCodec.write(new ClockTick(EIGHT, EIGHT)));
        record.headers().add(ClockTick.HEADER, new byte[0]);
        kafka.produce(record);
    }

    private static TrafficReading traffic(long sequence, double speedKmh) {
        return new TrafficReading(
                "loop-0421",
                EIGHT.plusSeconds(30),
                60,
                "b1",
                sequence,
                1,
                3,
                speedKmh,
                0.21,
                null,
                null,
                null,
                null,
                null);
    }

    private static AirQualityReading air() {
        return new AirQualityReading(
                "air-07",
                EIGHT.plusSeconds(300),
                300,
                "b1",
                1L,
                18.4,
                null,
                1e-4,
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
                null);
    }

    private static void summary(int revision, int readingCount) {
        kafka.produce(
                Topics.SUMMARIES_TRAFFIC,
                "ring-3",
                Records.summary("ring-3", EIGHT, readingCount).revised(revision, true));
    }

    private static void airSummary() {
        kafka.produce(
                Topics.SUMMARIES_AIR,
                "air-07",
                JsonCodec.internal()
                        .convertValue(
                                Map.of(
                                        "stationId",
                                        "air-07",
                                        "windowStart",
                                        EIGHT.toString(),
                                        "windowEnd",
                                        EIGHT.plusSeconds(3_600).toString(),
                                        "revision",
                                        1,
                                        "final",
                                        true,
                                        "readingCount",
                                        1,
                                        "completeness",
                                        Map.of("pm25UgM3", 1.0)),
                                AirQualitySummary.class));
    }
}
