package org.citystream.benchmarks.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.jobs.runtime.JobEnvironment;

/**
 * A whole job as it is deployed, one slot, with its Kafka sinks and a checkpoint every ten seconds; the cluster
 * around it is in the same process and counts.
 */
public final class JobRun extends PipelineRun {
    public static final String BACKEND = "backend";

    @Override
    protected LongSupplier start(Parameters parameters) throws Exception {
        ReadingsJob job = ReadingsJob.valueOf(parameters.text(JOB));
        String kafka = parameters.text(KAFKA);
        forgetOffsets(kafka, job);
        start(kafka, job, parameters.text(BACKEND));
        return JobRun::folded;
    }

    @Override
    protected Map<String, Double> figures() {
        return Map.of("checkpoints", (double) Counts.of("numberOfCompletedCheckpoints"));
    }

    /** Each run reads the topic from its beginning. */
    private static void forgetOffsets(String kafka, ReadingsJob job) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.deleteConsumerGroups(List.of(job.group())).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private static void start(String kafka, ReadingsJob job, String backend) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-job");
        Configuration cluster = new Configuration();
        cluster.set(StateBackendOptions.STATE_BACKEND, backend);
        cluster.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        cluster.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        cluster.setString("metrics.reporter.counts.factory.class", Counts.Factory.class.getName());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, cluster);
        job.wire(new JobEnvironment(
                JobEnvironment.configured(env), ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", kafka))));
        env.executeAsync(job.jobName());
    }

    private static long folded() {
        return Counts.of("readingsCounted") + Counts.of("readingsDuplicate") + Counts.of("readingsBehindSnapshot");
    }
}
