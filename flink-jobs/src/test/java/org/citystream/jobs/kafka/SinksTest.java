package org.citystream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a failure between two checkpoints leaves in Kafka, with either guarantee. */
class SinksTest {
    private static final int RECORDS = 600;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final AtomicBoolean failed = new AtomicBoolean();

    @TempDir
    Path checkpoints;

    @BeforeEach
    void prepare() {
        KAFKA.empty(Topics.READINGS_LATE);
        failed.set(false);
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

    private List<String> write(String exactlyOnce) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        JobEnvironment job = new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(
                        Map.of("kafka-bootstrap-servers", KAFKA.bootstrapServers(), "exactly-once", exactlyOnce)));
        env.fromSequence(0, RECORDS - 1)
                .uid("numbers")
                .map(new FailsOnceAfterACheckpoint())
                .uid("fails")
                .sinkTo(Sinks.of(job, "sinks-test").to(Topics.READINGS_LATE))
                .uid("sink");
        env.execute();
        assertThat(failed).isTrue();
        return KAFKA.consumeAll(Topics.READINGS_LATE.name()).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
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
            return new KeyedJson("key", Long.toString(number).getBytes(StandardCharsets.UTF_8));
        }
    }
}
