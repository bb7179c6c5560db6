package org.citystream.jobs.topics;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.model.event.CityEvent;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;

/** What the jobs that watch sensors and decide about them read and write, on a real broker. */
public record CityTopics(KafkaExtension kafka) {
    private static final Topic[] USED = {
        Topics.RULES,
        Topics.SENSORS,
        Topics.READINGS_AIR,
        Topics.READINGS_TRAFFIC,
        Topics.READINGS_REJECTED,
        Topics.READINGS_LATE,
        Topics.SUMMARIES_AIR,
        Topics.SUMMARIES_TRAFFIC,
        Topics.SUMMARIES_CORRIDOR,
        Topics.SENSOR_HEALTH,
        Topics.EVENTS
    };

    public void empty() {
        kafka.empty(USED);
    }

    public void defaultRules() {
        for (Rule rule : RuleCodec.defaultRules()) {
            kafka.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule));
        }
    }

    /** @param more JSON fields, each behind a comma; empty: none */
    public void register(String sensorId, String kind, String more) {
        String json = "{\"sensorId\":\"" + sensorId + "\",\"kind\":\"" + kind
                + "\",\"cityId\":\"testville\",\"version\":1,\"effectiveFrom\":\"1970-01-01T00:00:00Z\"" + more + "}";
        kafka.produce(Topics.SENSORS.name(), sensorId + "@1", json.getBytes(StandardCharsets.UTF_8));
    }

    /** A reading that comes a second after it was made. */
    public void reading(Topic topic, String sensorId, Instant observedAt, String measured) {
        reading(topic, sensorId, observedAt, observedAt.plusSeconds(1), measured);
    }

    public void reading(Topic topic, String sensorId, Instant observedAt, Instant clockAt, String measured) {
        String json = "{\"sensorId\":\"" + sensorId + "\",\"cityId\":\"testville\",\"observedAt\":\"" + observedAt
                + "\",\"clockAt\":\"" + clockAt + "\"," + measured + "}";
        kafka.produce(topic.name(), sensorId, json.getBytes(StandardCharsets.UTF_8));
    }

    public void rejected(String sensorId, String reason, String detail) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.READINGS_REJECTED.name(), "city/testville/traffic/" + sensorId, new byte[0]);
        Map.of("sensor-id", sensorId, "reason", reason, "detail", detail)
                .forEach((name, text) ->
                        record.headers().add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
        kafka.produce(record);
    }

    /** The clock reaches a moment in all readings; intake has been uninterrupted since another. */
    public void clock(Instant now, Instant since) {
        byte[] tick = JsonCodec.write(new ClockTick(now, since));
        for (Topic topic : List.of(Topics.READINGS_TRAFFIC, Topics.READINGS_AIR)) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), partition, null, tick);
                record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
                kafka.produce(record);
            }
        }
    }

    /** Starts a job between these topics, from the beginning. */
    public JobClient start(Consumer<JobEnvironment> wiring, String name) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        wiring.accept(new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", kafka.bootstrapServers()))));
        return env.executeAsync(name);
    }

    /** Health told, once the sensors have been told to be in these states. */
    public List<SensorHealth> healthOnce(Map<String, String> states) {
        return kafka
                .consumeUntil(
                        Topics.SENSOR_HEALTH.name(),
                        records -> states.entrySet().stream()
                                .allMatch(wanted -> records.stream()
                                        .map(record -> JsonCodec.read(record.value(), SensorHealth.class))
                                        .anyMatch(health -> health.sensorId().equals(wanted.getKey())
                                                && health.state().equals(wanted.getValue()))))
                .stream()
                .map(record -> JsonCodec.read(record.value(), SensorHealth.class))
                .toList();
    }

    public List<CityEvent> events(int atLeast) {
        return kafka.consumeUntil(Topics.EVENTS.name(), records -> records.size() >= atLeast).stream()
                .map(record -> JsonCodec.read(record.value(), CityEvent.class))
                .toList();
    }
}
