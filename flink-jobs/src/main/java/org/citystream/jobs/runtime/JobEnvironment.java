package org.citystream.jobs.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * What every job is given: its arguments, and an environment in which slips fail at start-up. Cluster settings win over
 * the checkpoint interval and the number of tolerable failures here.
 *
 * @param arguments {@code --kafka-bootstrap-servers H:P} and what else a job knows
 */
public record JobEnvironment(StreamExecutionEnvironment env, ParameterTool arguments) {
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
    /**
     * In a row. To start a job again does not help a store that is full or away, and makes it repeat its work; that the latest
     * checkpoint grows old is told by alerts. A job that hangs is helped by it, in the end.
     */
    private static final int TOLERABLE_FAILED_CHECKPOINTS = 100;

    private static final int MAX_PARALLELISM = 128;
    private static final String EXACTLY_ONCE = "exactly-once";

    /** Known to every job; {@code jar} says where the job comes from. */
    private static final List<String> COMMON = List.of("jar", EXACTLY_ONCE);

    /**
     * Flink shows the arguments to whoever asks: none of them may be a secret.
     *
     * @param args of the job's main
     * @param own names of arguments that this job knows beside those of all
     * @throws IllegalArgumentException if they are not pairs of {@code --name value}, or one of the names is unknown
     */
    public static JobEnvironment of(String[] args, String... own) {
        ParameterTool arguments = ParameterTool.fromArgs(args);
        Set<String> known = new TreeSet<>(COMMON);
        known.addAll(KafkaAccess.ARGUMENTS);
        known.addAll(List.of(own));
        for (String name : arguments.getProperties().stringPropertyNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("this job knows no argument --" + name + ", only " + known);
            }
        }
        StreamExecutionEnvironment env = configured(StreamExecutionEnvironment.getExecutionEnvironment());
        env.getConfig().setGlobalJobParameters(arguments);
        return new JobEnvironment(env, arguments);
    }

    /** Gives an environment the settings all jobs share. */
    public static StreamExecutionEnvironment configured(StreamExecutionEnvironment env) {
        return withCheckpoints(withoutCheckpoints(env));
    }

    /**
     * Gives an environment the settings of jobs that are run once to the end of their input: who loses one starts it again.
     */
    public static StreamExecutionEnvironment withoutCheckpoints(StreamExecutionEnvironment env) {
        Configuration shared = new Configuration();
        // No Kryo: a type without a serializer of its own is a mistake, and costs most of the throughput.
        shared.set(PipelineOptions.GENERIC_TYPES, false);
        shared.set(PipelineOptions.OBJECT_REUSE, true);
        shared.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        shared.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        shared.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(200));
        env.configure(shared);
        return env;
    }

    private static StreamExecutionEnvironment withCheckpoints(StreamExecutionEnvironment env) {
        Configuration shared = new Configuration();
        if (env.getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .isEmpty()) {
            shared.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        }
        if (env.getConfiguration()
                .getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)
                .isEmpty()) {
            shared.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_FAILED_CHECKPOINTS);
        }
        shared.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        env.configure(shared);
        return env;
    }

    public KafkaAccess kafka() {
        return KafkaAccess.of(arguments);
    }

    /** Whether what a job writes appears with its checkpoints, each record exactly once; otherwise at once and at least once. */
    public boolean writesExactlyOnce() {
        return arguments.getBoolean(EXACTLY_ONCE, false);
    }
}
