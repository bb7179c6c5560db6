package org.citystream.jobs.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole job against a real broker: readings of a kerbside station in, hours and alarms out. */
class AirQualityJobTest {
    private static final Instant EIGHT = Instant.parse("2015-12-01T08:00:00Z");
    private static final Topic[] USED = {
        Topics.RULES, Topics.SENSORS, Topics.READINGS_AIR, Topics.SUMMARIES_AIR, Topics.EVENTS, Topics.READINGS_LATE
    };

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @BeforeAll
    static void emptyTopics() {
        KAFKA.empty(USED);
    }

    @AfterAll
    static void leaveNothingBehind() {
        KAFKA.empty(USED);
    }

    @Test
    void threeBadHoursOfAKerbsideStationBecomeSummariesAndTwoAlarms() throws Exception {
        for (Rule rule : RuleCodec.defaultRules()) {
            KAFKA.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule));
        }
        KAFKA.produce(Topics.SENSORS, "air-1@1", sensor());
        for (int quarter = 1; quarter <= 13; quarter++) {
            KAFKA.produce(Topics.READINGS_AIR, "air-1", reading(EIGHT.plus(Duration.ofMinutes(15L * quarter))));
        }
        cheapStation();
        ticks(EIGHT.plus(Duration.ofMinutes(205)));

        JobClient job = start();
        try {
            List<AirQualitySummary> hours = KAFKA
                    .consumeUntil(
                            Topics.SUMMARIES_AIR.name(),
                            records -> records.stream()
                                            .anyMatch(record ->
                                                    !summary(record.value()).isFinal()
                                                            && summary(record.value())
                                                                    .windowStart()
                                                                    .equals(EIGHT.plus(Duration.ofHours(3))))
                                    && records.stream()
                                            .anyMatch(record -> isOfCheapStation(summary(record.value()))
                                                    && summary(record.value()).isFinal()))
                    .stream()
                    .map(record -> summary(record.value()))
                    .toList();
            assertThat(hours)
                    .filteredOn(hour -> hour.isFinal() && isOfCheapStation(hour))
                    .as("corrected by humidity, and without the error codes beside it")
                    .extracting(AirQualitySummary::pm25UgM3)
                    .containsExactly(22.4);
            List<AirQualitySummary> settled = hours.stream()
                    .filter(hour -> hour.isFinal() && !isOfCheapStation(hour))
                    .toList();
            assertThat(settled).hasSize(3).first().satisfies(first -> {
                assertThat(first.windowStart()).isEqualTo(EIGHT);
                assertThat(first.no2UgM3()).isEqualTo(212.5);
                assertThat(first.completeness()).containsEntry("no2", 1.0);
                assertThat(first.readingCount()).isEqualTo(4);
                assertThat(first.europeanIndex()).isEqualTo(6);
                assertThat(first.europeanIncomplete()).isNull();
                assertThat(first.usAqi()).isEqualTo(103);
                assertThat(first.setting()).isEqualTo("traffic");
            });

            List<CityEvent> events = KAFKA.consumeUntil(Topics.EVENTS.name(), records -> records.size() >= 2).stream()
                    .map(record -> JsonCodec.read(record.value(), CityEvent.class))
                    .toList();
            assertThat(events).extracting(CityEvent::transition).containsOnly(Transition.OPENED);
            assertThat(events)
                    .filteredOn(event -> event.rule().id().equals("no2-alert"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.startedAt()).isEqualTo(EIGHT);
                        assertThat(event.at()).isEqualTo(EIGHT.plus(Duration.ofHours(3)));
                        assertThat(event.severity()).isEqualTo(Severity.SEVERE);
                        assertThat(event.summary())
                                .isEqualTo("NO2 at station-1: 212.5 µg/m³ over one hour, limit 200 µg/m³ for 3 "
                                        + "consecutive hours");
                    });
            assertThat(events)
                    .filteredOn(event -> event.rule().id().equals("european-index-poor"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.severity()).isEqualTo(Severity.EXTREME));
        } finally {
            job.cancel().get();
        }
    }

    /** One low-cost sensor that works, and one whose fan stands still. */
    private static void cheapStation() {
        cheapSensor("pa-1", "purpleair");
        cheapSensor("sds-1", "sds011");
        for (int quarter = 1; quarter <= 4; quarter++) {
            Instant at = EIGHT.plus(Duration.ofMinutes(15L * quarter));
            cheapReading("pa-1", at, "\"pm25UgM3\":40,\"relativeHumidity\":0.5");
            cheapReading("sds-1", at, "\"pm25UgM3\":999.9,\"pm10UgM3\":1999.9");
        }
    }

    private static void cheapSensor(String id, String type) {
        String json =
                "{\"sensorId\":\"" + id + "\",\"kind\":\"air\",\"cityId\":\"testville\",\"stationId\":\"station-2\","
                        + "\"expectedIntervalSeconds\":900,\"attributes\":{\"sensorType\":\"" + type
                        + "\"},\"version\":1,\"effectiveFrom\":\"1970-01-01T00:00:00Z\"}";
        KAFKA.produce(Topics.SENSORS.name(), id + "@1", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void cheapReading(String id, Instant at, String measured) {
        String json = "{\"sensorId\":\"" + id + "\",\"cityId\":\"testville\",\"periodSeconds\":900,\"observedAt\":\""
                + at + "\",\"clockAt\":\"" + at.plusSeconds(1) + "\"," + measured + "}";
        KAFKA.produce(Topics.READINGS_AIR.name(), id, json.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isOfCheapStation(AirQualitySummary hour) {
        return hour.stationId().equals("station-2");
    }

    private static AirQualitySummary summary(byte[] json) {
        return JsonCodec.read(json, AirQualitySummary.class);
    }

    private static JobClient start() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        JobEnvironment job = new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", KAFKA.bootstrapServers())));
        AirQualityJob.wire(job);
        return env.executeAsync("air-quality");
    }

    private static void ticks(Instant clock) {
        byte[] tick = JsonCodec.write(new ClockTick(clock, EIGHT));
        for (int partition = 0; partition < Topics.READINGS_AIR.partitions(); partition++) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topics.READINGS_AIR.name(), partition, null, tick);
            record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
            KAFKA.produce(record);
        }
    }

    private static AirQualityReading reading(Instant observedAt) {
        return new AirQualityReading(
                "air-1",
                observedAt,
                900,
                null,
                null,
                20.0,
                null,
                212.5,
                null,
                null,
                null,
                4.5,
                null,
                null,
                null,
                null,
                "testville",
                observedAt.plusSeconds(1),
                observedAt.plusSeconds(1),
                null);
    }

    private static Sensor sensor() {
        return new Sensor(
                "air-1",
                SensorKind.AIR,
                "testville",
                "Ring road",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "station-1",
                Setting.TRAFFIC,
                900,
                null,
                null,
                null,
                false,
                null,
                Map.of(),
                1,
                Instant.EPOCH);
    }
}
