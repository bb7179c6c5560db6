package org.citystream.benchmarks.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Workload;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.traffic.TrafficJob;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;

/**
 * The whole traffic job as it is deployed, one slot, with its Kafka sinks and a checkpoint every ten seconds; the cluster
 * around it is in the same process and counts.
 */
public final class TrafficJobRun implements Workload {
    static final String KAFKA = "kafka";
    static final String READINGS = "readings";
    static final String WARM_UP = "warmUp";
    static final String BACKEND = "backend";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_NANOS = 2_000_000;

    @Override
    public Sample run(Parameters parameters) throws Exception {
        String kafka = parameters.text(KAFKA);
        long readings = parameters.number(READINGS);
        forgetOffsets(kafka);
        try (TopicReader summaries = new TopicReader(kafka, Topics.SUMMARIES_TRAFFIC.name())) {
            summaries.seekToEnd();
            start(kafka, parameters.text(BACKEND));
            awaitReadings(parameters.number(WARM_UP));
            long wallFrom = System.nanoTime();
            long cpuFrom = CpuClock.processNanos();
            awaitReadings(readings);
            long cpu = CpuClock.processNanos() - cpuFrom;
            double seconds = (System.nanoTime() - wallFrom) / 1e9;
            return parameters.isCheck()
                    ? Sample.checked(counted(summaries, readings).digest())
                    : new Sample(
                            readings - parameters.number(WARM_UP),
                            cpu,
                            "",
                            Map.of("wall seconds", seconds, "checkpoints", (double)
                                    Counts.of("numberOfCompletedCheckpoints")));
        }
    }

    /** Each run reads the topic from its beginning. */
    private static void forgetOffsets(String kafka) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.deleteConsumerGroups(List.of("citystream-traffic-job")).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private static void start(String kafka, String backend) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-job");
        Configuration cluster = new Configuration();
        cluster.set(StateBackendOptions.STATE_BACKEND, backend);
        cluster.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        cluster.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        cluster.setString("metrics.reporter.counts.factory.class", Counts.Factory.class.getName());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, cluster);
        TrafficJob.wire(new JobEnvironment(
                JobEnvironment.configured(env), ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", kafka))));
        env.executeAsync("traffic-job");
    }

    private static void awaitReadings(long readings) throws TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (folded() < readings) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(folded() + " of " + readings + " readings were folded");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long folded() {
        return Counts.of("readingsCounted") + Counts.of("readingsDuplicate") + Counts.of("readingsBehindSnapshot");
    }

    /** What the summaries say in the end. */
    private static CountPerMinute counted(TopicReader summaries, long readings) {
        CountPerMinute counts = new CountPerMinute();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (counts.total() < readings && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : summaries.poll()) {
                TrafficSummary summary = JsonCodec.read(record.value(), TrafficSummary.class);
                counts.set(summary.roadSegmentId(), summary.windowStart().toEpochMilli(), summary.readingCount());
            }
        }
        return counts;
    }
}
