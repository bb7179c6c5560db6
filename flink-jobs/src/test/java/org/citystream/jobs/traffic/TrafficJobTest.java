package org.citystream.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole job against a real broker: registry and rules from their topics, readings and ticks in, decisions out. */
class TrafficJobTest {
    private static final Instant EIGHT = Instant.parse("2014-09-01T08:00:00Z");

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @Test
    void aJamOfTenYearsAgoBecomesSummariesAndOneEvent() throws Exception {
        for (Rule rule : RuleCodec.defaultRules()) {
            KAFKA.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule));
        }
        KAFKA.produce(Topics.SENSORS, "loop-1@1", sensor("loop-1", "ring-1", null));
        KAFKA.produce(Topics.SENSORS, "loop-2@1", sensor("loop-2", "south-1", "south"));
        for (int minute = 1; minute <= 6; minute++) {
            Instant end = EIGHT.plusSeconds(60L * minute);
            KAFKA.produce(Topics.READINGS_TRAFFIC, "loop-1", reading("loop-1", end, end.plusSeconds(1), minute));
        }
        KAFKA.produce(
                Topics.READINGS_TRAFFIC, "loop-2", reading("loop-2", EIGHT.plusSeconds(60), EIGHT.plusSeconds(361), 1));
        KAFKA.produce(
                Topics.READINGS_TRAFFIC,
                "loop-1",
                reading("loop-1", EIGHT.minus(Duration.ofHours(4)), EIGHT.plusSeconds(361), 9));
        ticks(EIGHT.plusSeconds(600));

        JobClient job = start();
        try {
            List<TrafficSummary> summaries = KAFKA.consume(Topics.SUMMARIES_TRAFFIC.name(), 7).stream()
                    .map(record -> JsonCodec.read(record.value(), TrafficSummary.class))
                    .filter(summary -> summary.roadSegmentId().equals("ring-1"))
                    .toList();
            assertThat(summaries.get(0).windowStart()).isEqualTo(EIGHT);
            assertThat(summaries.get(0).vehicleFlowPerHour()).isEqualTo(720);
            assertThat(summaries.get(0).spaceMeanSpeedKmh()).isEqualTo(20);
            assertThat(summaries.get(0).freeFlowSpeedKmh()).isEqualTo(80);

            CorridorSummary corridor = JsonCodec.read(
                    KAFKA.consume(Topics.SUMMARIES_CORRIDOR.name(), 1).get(0).value(), CorridorSummary.class);
            assertThat(corridor.corridorId()).isEqualTo("south");
            assertThat(corridor.travelTimeSeconds()).as("500 m at 20 km/h").isEqualTo(90);

            ConsumerRecord<String, byte[]> record =
                    KAFKA.consume(Topics.EVENTS.name(), 1).get(0);
            CityEvent event = JsonCodec.read(record.value(), CityEvent.class);
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.startedAt()).isEqualTo(EIGHT);
            assertThat(record.key()).isEqualTo("ring-1");
            assertThat(record.timestamp())
                    .as("Kafka deletes by record timestamp: it must be the time of writing")
                    .isGreaterThan(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli());

            String late = new String(
                    KAFKA.consume(Topics.READINGS_LATE.name(), 1).get(0).value(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertThat(late).contains("\"lateBySeconds\":14761", "\"sequence\":9");
        } finally {
            job.cancel().get();
        }
    }

    private static JobClient start() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        JobEnvironment job = new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", KAFKA.bootstrapServers())));
        TrafficJob.wire(job);
        return env.executeAsync("traffic");
    }

    private static void ticks(Instant clock) {
        byte[] tick = JsonCodec.write(new ClockTick(clock, EIGHT));
        for (int partition = 0; partition < Topics.READINGS_TRAFFIC.partitions(); partition++) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topics.READINGS_TRAFFIC.name(), partition, null, tick);
            record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
            KAFKA.produce(record);
        }
    }

    private static TrafficReading reading(String sensorId, Instant observedAt, Instant clockAt, long sequence) {
        return new TrafficReading(
                sensorId,
                observedAt,
                60,
                "7f3a",
                sequence,
                null,
                12,
                20.0,
                0.4,
                null,
                "testville",
                clockAt,
                clockAt,
                List.of("unregistered"));
    }

    private static Sensor sensor(String sensorId, String segmentId, @Nullable String corridorId) {
        return new Sensor(
                sensorId,
                SensorKind.TRAFFIC,
                "testville",
                "Ring road, north",
                null,
                segmentId,
                2,
                corridorId,
                corridorId == null ? null : 250.0,
                500.0,
                Facility.URBAN_STREET,
                Measurement.POINT,
                80.0,
                null,
                null,
                60,
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
