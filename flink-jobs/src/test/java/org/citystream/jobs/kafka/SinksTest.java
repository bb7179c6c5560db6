package org.citystream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a failure between two checkpoints leaves in Kafka, with either guarantee, and what a job does that was away too long. */
class SinksTest {
    private static final int RECORDS = 600;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .setConfiguration(METRICS.addToConfiguration(new Configuration()))
            .build());

    private static final AtomicBoolean failed = new AtomicBoolean();
    private static final AtomicInteger passed = new AtomicInteger();
    /** Brokers look for transactions that are too old every ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path checkpoints;

    @BeforeEach
    void prepare() {
        KAFKA.empty(Topics.READINGS_LATE);
        failed.set(false);
        passed.set(0);
    }

    @AfterAll
    static void leaveNothingBehind() {
        KAFKA.empty(Topics.READINGS_LATE);
    }

    @Test
    void atLeastOnceRepeatsAndLosesNothing() throws Exception {
        List<String> written = write("false");

        assertThat(new HashSet<>(written)).hasSize(RECORDS);
        assertThat(written).hasSizeGreaterThan(RECORDS);
    }

    @Test
    void exactlyOnceNeitherRepeatsNorLoses() throws Exception {
        List<String> written = write("true");

        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, RECORDS).mapToObj(Long::toString).toList());
    }

    /**
     * A savepoint commits nothing by itself, so what was written before it waits in a transaction for the job that goes on
     * from it. If that comes later than transactions may last, Kafka has given it up: those records are lost, and the job
     * counts it.
     */
    @Test
    void whatATransactionThatTimedOutHasLostIsCounted() throws Exception {
        JobClient first = paced(new Configuration(), Duration.ofHours(1)).executeAsync();
        await().atMost(PATIENCE).until(() -> passed.get() >= RECORDS / 4);
        String savepoint = first.triggerSavepoint(checkpoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture<JobExecutionResult> ended = first.getJobExecutionResult();
        first.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended).as("cancelled").failsWithin(PATIENCE);
        await().atMost(PATIENCE).until(SinksTest::noTransactionIsOpen);

        Configuration later = new Configuration();
        later.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        JobExecutionResult second = paced(later, Duration.ofMillis(300)).execute();

        List<String> written = written();
        assertThat(written).as("what came after the savepoint").contains(Long.toString(RECORDS - 1));
        assertThat(new HashSet<>(written)).as("nothing twice").hasSameSizeAs(written);
        assertThat(written.size()).as("what came before is gone").isLessThan(RECORDS);
        assertThat(METRICS.findMetrics(second.getJobID(), "failedCommittables").values().stream()
                        .mapToLong(metric -> ((Counter) metric).getCount())
                        .sum())
                .isPositive();
    }

    private static boolean noTransactionIsOpen() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            return admin.listTransactions(new ListTransactionsOptions()
                            .filterStates(List.of(TransactionState.ONGOING, TransactionState.PREPARE_ABORT)))
                    .all()
                    .get()
                    .isEmpty();
        }
    }

    private StreamExecutionEnvironment paced(Configuration configuration, Duration checkpointInterval) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        JobEnvironment job = job(configuration, "true");
        job.env()
                .fromSequence(0, RECORDS - 1)
                .uid("numbers")
                .map(new Paced())
                .uid("paced")
                .sinkTo(Sinks.of(job, "sinks-test")
                        .withTransactionTimeout(Duration.ofSeconds(5))
                        .to(Topics.READINGS_LATE))
                .uid("sink");
        return job.env();
    }

    private JobEnvironment job(Configuration configuration, String exactlyOnce) {
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        return new JobEnvironment(
                JobEnvironment.configured(StreamExecutionEnvironment.getExecutionEnvironment(configuration)
                        .setParallelism(1)),
                ParameterTool.fromMap(
                        Map.of("kafka-bootstrap-servers", KAFKA.bootstrapServers(), "exactly-once", exactlyOnce)));
    }

    private List<String> write(String exactlyOnce) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        JobEnvironment job = job(configuration, exactlyOnce);
        job.env()
                .fromSequence(0, RECORDS - 1)
                .uid("numbers")
                .map(new FailsOnceAfterACheckpoint())
                .uid("fails")
                .sinkTo(Sinks.of(job, "sinks-test").to(Topics.READINGS_LATE))
                .uid("sink");
        job.env().execute();
        assertThat(failed).isTrue();
        return written();
    }

    private static List<String> written() {
        return KAFKA.consumeAll(Topics.READINGS_LATE.name()).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static KeyedJson record(Long number) {
        return new KeyedJson("key", Long.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    /** Counts what it lets through, slowly enough for a savepoint to come in between. */
    private static final class Paced extends RichMapFunction<Long, KeyedJson> {
        private static final long serialVersionUID = 1;

        @Override
        public KeyedJson map(Long number) throws Exception {
            Thread.sleep(10);
            passed.incrementAndGet();
            return record(number);
        }
    }

    /** Lets some records go on to Kafka behind a complete checkpoint, then fails. */
    private static final class FailsOnceAfterACheckpoint extends RichMapFunction<Long, KeyedJson>
            implements CheckpointListener {
        private static final long serialVersionUID = 1;
        private static final int BEHIND_CHECKPOINT = 50;

        private transient int left;

        @Override
        public void open(OpenContext context) {
            left = Integer.MAX_VALUE;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (left > BEHIND_CHECKPOINT) {
                left = BEHIND_CHECKPOINT;
            }
        }

        @Override
        public KeyedJson map(Long number) throws Exception {
            // Paces the numbers, so that checkpoints come between them.
            Thread.sleep(3);
            if (left-- == 0 && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("the test lets the job fail here, once");
            }
            return record(number);
        }
    }
}
