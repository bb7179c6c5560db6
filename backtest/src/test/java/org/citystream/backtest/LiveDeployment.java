package org.citystream.backtest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.citystream.backtest.kafka.History.WrittenEvent;
import org.citystream.jobs.airquality.AirQualityJob;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.traffic.TrafficJob;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.arrival.Arrival;
import org.citystream.testsupport.arrival.Sent;

/** Kafka as gateways leave it, and a job of the product that has read it to its end. */
final class LiveDeployment {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Behind the last reading: everything that a correction waits for, in segments and in corridors. */
    private static final Duration SETTLES = Duration.ofMinutes(10);

    private final KafkaExtension kafka;
    private final SensorKind kind;

    LiveDeployment(KafkaExtension kafka, SensorKind kind) {
        this.kafka = kafka;
        this.kind = kind;
        kafka.empty(Topics.ALL.toArray(Topic[]::new));
    }

    void knows(List<Sensor> sensors, List<Rule> rules) {
        sensors.forEach(sensor -> kafka.produce(Topics.SENSORS, sensor.key(), sensor));
        rules.forEach(rule -> kafka.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule)));
    }

    /**
     * Fills the readings topic.
     *
     * @param arrivals of each partition, with ticks
     * @param stamped a reading as the gateway stamps it
     */
    <R> void receives(List<List<Arrival<R>>> arrivals, BiFunction<R, Instant, R> stamped) {
        long last = 0;
        for (int partition = 0; partition < arrivals.size(); partition++) {
            for (Arrival<R> arrival : arrivals.get(partition)) {
                Sent<R> sent = arrival.sent();
                Instant clock = Instant.ofEpochMilli(arrival.clockAt());
                if (sent == null) {
                    tick(partition, clock);
                } else {
                    byte[] json = JsonCodec.write(stamped.apply(sent.reading(), clock));
                    kafka.produce(new ProducerRecord<>(readings().name(), partition, sent.sensorId(), json));
                }
                last = Math.max(last, arrival.clockAt());
            }
        }
        for (int partition = 0; partition < readings().partitions(); partition++) {
            for (long clock = last; clock <= last + SETTLES.toMillis(); clock += 30_000) {
                tick(partition, Instant.ofEpochMilli(clock));
            }
        }
    }

    private void tick(int partition, Instant clock) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                readings().name(), partition, null, JsonCodec.write(new ClockTick(clock, Instant.EPOCH)));
        record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
        kafka.produce(record);
    }

    private Topic readings() {
        return kind == SensorKind.AIR ? Topics.READINGS_AIR : Topics.READINGS_TRAFFIC;
    }

    /** Runs the job until all that was received has been decided about; gives the events it wrote. */
    List<WrittenEvent> runs(Path directory) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        JobEnvironment job = new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", kafka.bootstrapServers())));
        if (kind == SensorKind.AIR) {
            AirQualityJob.wire(job);
        } else {
            TrafficJob.wire(job);
        }
        JobClient client = env.executeAsync("live");
        Awaitility.await().atMost(PATIENCE).until(this::isReadUp);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(refused -> refused instanceof ExecutionException)
                .until(
                        () -> client.stopWithSavepoint(
                                        false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                                .get(),
                        taken -> true);
        return kafka.consumeAll(Topics.EVENTS.name()).stream()
                .map(record -> new WrittenEvent(
                        JsonCodec.read(record.value(), CityEvent.class), Instant.ofEpochMilli(record.timestamp())))
                .toList();
    }

    /** The group has committed the end of every partition: a checkpoint holds all that was read. */
    private boolean isReadUp() {
        return kafka.isReadUp("citystream-" + (kind == SensorKind.AIR ? "air-quality-job" : "traffic-job"), readings());
    }
}
