package org.citystream.jobs.sensorhealth;

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
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole job against a real broker: one sensor reports, one stops, one was registered and never came. */
class SensorHealthJobTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Topic[] USED = {
        Topics.RULES, Topics.SENSORS, Topics.READINGS_AIR, Topics.READINGS_TRAFFIC, Topics.SENSOR_HEALTH, Topics.EVENTS
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
    void sensorsThatFallSilentOrNeverComeAreMissed() throws Exception {
        for (Rule rule : RuleCodec.defaultRules()) {
            KAFKA.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule));
        }
        register("loop-1", "traffic");
        register("air-1", "air");
        register("loop-never", "traffic");
        for (int minute = 1; minute <= 30; minute++) {
            Instant at = EIGHT.plusSeconds(60L * minute);
            reading(Topics.READINGS_AIR, "air-1", at, "\"pm25UgM3\":" + (10 + minute % 7));
            if (minute <= 10) {
                reading(Topics.READINGS_TRAFFIC, "loop-1", at, "\"vehicleCount\":" + (10 + minute % 5));
            }
        }
        Instant half = EIGHT.plus(Duration.ofMinutes(30)).plusSeconds(10);
        ticks(Topics.READINGS_TRAFFIC, half);
        ticks(Topics.READINGS_AIR, half);

        JobClient job = start();
        try {
            List<SensorHealth> health =
                    KAFKA.consumeUntil(Topics.SENSOR_HEALTH.name(), records -> records.size() >= 4).stream()
                            .map(record -> JsonCodec.read(record.value(), SensorHealth.class))
                            .toList();
            assertThat(states(health, "air-1")).containsExactly("healthy");
            assertThat(states(health, "loop-1")).containsExactly("healthy", "silent");
            assertThat(states(health, "loop-never")).endsWith("silent");

            List<CityEvent> events = KAFKA.consumeUntil(Topics.EVENTS.name(), records -> records.size() >= 2).stream()
                    .map(record -> JsonCodec.read(record.value(), CityEvent.class))
                    .toList();
            assertThat(events).extracting(CityEvent::transition).containsOnly(Transition.OPENED);
            assertThat(events)
                    .extracting(event -> event.subject().id())
                    .containsExactlyInAnyOrder("loop-1", "loop-never");
            assertThat(events)
                    .filteredOn(event -> event.subject().id().equals("loop-1"))
                    .extracting(CityEvent::startedAt)
                    .containsExactly(EIGHT.plus(Duration.ofMinutes(13)));
        } finally {
            job.cancel().get();
        }
    }

    private static List<String> states(List<SensorHealth> health, String sensorId) {
        return health.stream()
                .filter(each -> each.sensorId().equals(sensorId))
                .map(SensorHealth::state)
                .toList();
    }

    private static void register(String sensorId, String kind) {
        String json = "{\"sensorId\":\"" + sensorId + "\",\"kind\":\"" + kind
                + "\",\"cityId\":\"testville\",\"expectedIntervalSeconds\":60,\"version\":1,"
                + "\"effectiveFrom\":\"1970-01-01T00:00:00Z\"}";
        KAFKA.produce(Topics.SENSORS.name(), sensorId + "@1", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void reading(Topic topic, String sensorId, Instant observedAt, String measured) {
        String json = "{\"sensorId\":\"" + sensorId + "\",\"cityId\":\"testville\",\"observedAt\":\"" + observedAt
                + "\",\"clockAt\":\"" + observedAt.plusSeconds(1) + "\"," + measured + "}";
        KAFKA.produce(topic.name(), sensorId, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void ticks(Topic topic, Instant clock) {
        byte[] tick = JsonCodec.write(new ClockTick(clock, EIGHT.minusSeconds(60)));
        for (int partition = 0; partition < topic.partitions(); partition++) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), partition, null, tick);
            record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
            KAFKA.produce(record);
        }
    }

    private static JobClient start() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        JobEnvironment job = new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", KAFKA.bootstrapServers())));
        SensorHealthJob.wire(job);
        return env.executeAsync("sensor-health");
    }
}
