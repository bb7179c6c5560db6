package org.citystream.jobs.arrival;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.citystream.jobs.runtime.JobEnvironment;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Flink cluster in this JVM, and what its jobs count. Register as a static field. */
final class FlinkCluster implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final int SLOTS = 8;
    /** What is counted where, by the uid of the operator. */
    private static final Map<String, List<String>> COUNTS = Map.of(
            "late-gate", List.of("readingsIn", "readingsLate"),
            "fold-panes", List.of("readingsCounted", "readingsDuplicate", "readingsBehindSnapshot", "partsTold"),
            "fold-groups", List.of("partsCounted", "partsRepeated", "partsBehindSnapshot"));

    private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    private final List<JobClient> started = new ArrayList<>();
    private final MiniClusterExtension cluster = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(SLOTS)
            .setConfiguration(metrics.addToConfiguration(memory()))
            .build());

    /** With less for each slot RocksDB would write to disk all the time. */
    private static Configuration memory() {
        return new Configuration().set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    }

    /** How a job is to run. */
    record Settings(int parallelism, boolean onDisk, String restoredFrom, int failures) {
        static final Settings PLAIN = new Settings(2, false, "", 0);

        Settings withParallelism(int other) {
            return new Settings(other, onDisk, restoredFrom, failures);
        }

        /** State in RocksDB instead of on the heap. */
        Settings withStateOnDisk() {
            return new Settings(parallelism, true, restoredFrom, failures);
        }

        Settings withRestoreFrom(String savepoint) {
            return new Settings(parallelism, onDisk, savepoint, failures);
        }

        /** Checkpoints often, and goes on after so many failures. */
        Settings withFailures(int many) {
            return new Settings(parallelism, onDisk, restoredFrom, many);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        cluster.beforeAll(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        cluster.beforeEach(context);
    }

    /** A job that a failed test leaves behind would take the next ones' slots. */
    void cancelsAfterTest(JobClient job) {
        started.add(job);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (JobClient job : started) {
            if (!job.getJobStatus().get().isGloballyTerminalState()) {
                job.cancel().get();
                Awaitility.await().until(() -> job.getJobStatus().get().isGloballyTerminalState());
            }
        }
        started.clear();
        cluster.afterEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        cluster.afterAll(context);
    }

    StreamExecutionEnvironment environment(Settings settings, Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, settings.onDisk() ? "rocksdb" : "hashmap");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        if (!settings.restoredFrom().isEmpty()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, settings.restoredFrom());
        }
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, settings.failures() > 0 ? "fixed-delay" : "none");
        if (settings.failures() > 0) {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, settings.failures());
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(settings.parallelism());
        return JobEnvironment.configured(env);
    }

    /** The counts of a job by name, added up over its subtasks, as its metrics say. */
    Map<String, Long> metrics(JobID job) {
        Map<String, Long> counts = new TreeMap<>();
        for (Collection<String> names : COUNTS.values()) {
            for (String name : names) {
                counts.put(name, 0L);
                for (Metric metric : metrics.findMetrics(job, name).values()) {
                    counts.merge(name, (Long) ((Gauge<?>) metric).getValue(), Long::sum);
                }
            }
        }
        return counts;
    }

    /** A count of the job itself, such as of its checkpoints. */
    long metric(JobID job, String name) {
        return metrics.findMetric(job, name)
                .map(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
                .orElse(0L);
    }

    /** How far time has come behind an operator, the slowest of its subtasks; the least: not all have begun. */
    long watermark(JobID job, String operator) {
        return metrics.findOperatorMetricGroups(job, operator).stream()
                .map(subtask -> metrics.getMetricsByGroup(subtask).get("currentOutputWatermark"))
                .mapToLong(metric -> metric == null ? Long.MIN_VALUE : (Long) ((Gauge<?>) metric).getValue())
                .min()
                .orElse(Long.MIN_VALUE);
    }

    /** The counts of a job by name, added up over its subtasks, as its savepoint has them. */
    Map<String, Long> saved(String savepoint) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        SavepointReader reader = SavepointReader.read(env, savepoint);
        DataStream<Tuple2<String, Long>> all = null;
        Map<String, Long> counts = new TreeMap<>();
        for (Map.Entry<String, List<String>> operator : COUNTS.entrySet()) {
            for (String name : operator.getValue()) {
                counts.put(name, 0L);
                DataStream<Tuple2<String, Long>> parts = reader.readListState(
                                OperatorIdentifier.forUid(operator.getKey()), name, Types.LONG)
                        .map(count -> Tuple2.of(name, count))
                        .returns(Types.TUPLE(Types.STRING, Types.LONG));
                all = all == null ? parts : all.union(parts);
            }
        }
        if (all != null) {
            all.executeAndCollect(1000).forEach(part -> counts.merge(part.f0, part.f1, Long::sum));
        }
        return counts;
    }
}
