package org.citystream.jobs.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.citystream.jobs.arrival.FlinkCluster.Settings;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.jobs.traffic.TrafficJob;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.Delivery;
import org.citystream.testsupport.arrival.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The traffic job between its topics on a broker, with more subtasks than they have partitions: as ordered, all the same. */
class KafkaArrivalTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int STALLED = 1;
    private static final int SUBTASKS = Topics.READINGS_TRAFFIC.partitions() + 2;

    @RegisterExtension
    static final FlinkCluster CLUSTER = new FlinkCluster();

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    static Path directory;

    @BeforeEach
    @AfterEach
    void emptyTopics() {
        KAFKA.empty(
                Topics.RULES,
                Topics.SENSORS,
                Topics.READINGS_TRAFFIC,
                Topics.READINGS_LATE,
                Topics.SUMMARIES_TRAFFIC,
                Topics.SUMMARIES_CORRIDOR,
                Topics.EVENTS);
    }

    @Test
    void aPartitionThatStallsForLongerThanTheHorizonLosesNothing() throws Exception {
        City<TrafficReading> city = Topology.TRAFFIC.city(7);
        Duration horizon = Topology.TRAFFIC.timing().horizon();
        Arrivals arrivals = Topology.TRAFFIC.arrivals(
                city, new Delivery(7, horizon, Topics.READINGS_TRAFFIC.partitions(), 0.3, 0.1, 0.2, null));
        List<Reading> stalled = arrivals.partitions().get(STALLED);
        long stalledAt = stalled.get(stalled.size() / 4).clockAt();
        long end = new Recording<>(arrivals.partitions(), Reading::clockAt).end();
        assertThat(end - stalledAt).isGreaterThan(horizon.toMillis());
        city.rules().forEach(rule -> KAFKA.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule)));
        city.sensors().forEach(sensor -> KAFKA.produce(Topics.SENSORS, sensor.key(), sensor));

        JobClient job = start();
        for (int partition = 0; partition < arrivals.partitions().size(); partition++) {
            write(
                    partition,
                    arrivals.partitions().get(partition),
                    Long.MIN_VALUE,
                    partition == STALLED ? stalledAt : end);
        }
        awaitClock(job, stalledAt);
        assertThat(KAFKA.consumeAll(Topics.SUMMARIES_TRAFFIC.name()))
                .as("time stands still with the partition")
                .isNotEmpty()
                .allSatisfy(record -> assertThat(JsonCodec.read(record.value(), TrafficSummary.class)
                                .windowEnd())
                        .isBefore(Instant.ofEpochMilli(stalledAt)));
        write(STALLED, stalled, stalledAt, end);
        awaitClock(job, end);
        String savepoint = job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(told().outcome().difference(ordered(city))).isEmpty();
        arrivals.areConservedIn(CLUSTER.metrics(job.getJobID()));
        arrivals.areConservedIn(CLUSTER.saved(savepoint));
    }

    private static JobClient start() throws Exception {
        StreamExecutionEnvironment env = CLUSTER.environment(Settings.PLAIN.withParallelism(SUBTASKS), directory);
        TrafficJob.wire(new JobEnvironment(
                env, ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", KAFKA.bootstrapServers()))));
        JobClient job = env.executeAsync("traffic");
        CLUSTER.cancelsAfterTest(job);
        return job;
    }

    /** Until everything has been decided that was due at this clock. */
    private static void awaitClock(JobClient job, long clock) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> CLUSTER.watermark(job.getJobID(), "fold corridors") >= ClockWatermarks.watermark(clock));
    }

    /** Writes what came to a partition after one moment and up to another. */
    private static void write(int partition, List<Reading> records, long after, long upTo) {
        KAFKA.produce(records.stream()
                .filter(reading -> reading.clockAt() > after && reading.clockAt() <= upTo)
                .map(reading -> reading.isTick() ? tick(partition, reading) : reading(partition, reading))
                .toList());
    }

    private static ProducerRecord<@Nullable String, byte[]> reading(int partition, Reading reading) {
        return new ProducerRecord<>(Topics.READINGS_TRAFFIC.name(), partition, reading.sensorId(), reading.json());
    }

    private static ProducerRecord<@Nullable String, byte[]> tick(int partition, Reading tick) {
        byte[] json = JsonCodec.write(
                new ClockTick(Instant.ofEpochMilli(tick.clockAt()), Instant.ofEpochMilli(tick.since())));
        ProducerRecord<@Nullable String, byte[]> record =
                new ProducerRecord<>(Topics.READINGS_TRAFFIC.name(), partition, null, json);
        record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
        return record;
    }

    private static Told told() {
        List<KeyedJson> segments = written(Topics.SUMMARIES_TRAFFIC);
        List<KeyedJson> corridors = written(Topics.SUMMARIES_CORRIDOR);
        return new Told(segments, List.of(), List.of()).then(new Told(corridors, written(Topics.EVENTS), List.of()));
    }

    private static List<KeyedJson> written(Topic topic) {
        return KAFKA.consumeAll(topic.name()).stream()
                .map(record -> new KeyedJson(String.valueOf(record.key()), record.value()))
                .toList();
    }

    private static Outcome ordered(City<TrafficReading> city) throws Exception {
        Arrivals inOrder = Topology.TRAFFIC.arrivals(
                city, Delivery.punctual(Topology.TRAFFIC.timing().horizon()));
        return TopologyRun.bounded(CLUSTER, directory, Topology.TRAFFIC, city, inOrder)
                .told()
                .outcome();
    }
}
