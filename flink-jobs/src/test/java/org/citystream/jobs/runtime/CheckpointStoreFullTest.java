package org.citystream.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.citystream.testsupport.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk for checkpoints fills up: the job goes on without them, and has them again once there is room. */
class CheckpointStoreFullTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 5;

    private static final AtomicInteger opened = new AtomicInteger();
    private static final AtomicInteger records = new AtomicInteger();
    private static final AtomicInteger completed = new AtomicInteger();
    private static final AtomicInteger aborted = new AtomicInteger();

    @TempDir
    Path directory;

    @Test
    void theJobGoesOnWithoutCheckpoints() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("checkpoints"), 4)) {
            JobClient job = start(disk.path());
            await().atMost(PATIENCE).until(() -> completed.get() > 1);

            // Again and again: each checkpoint that still finds room gives that of an older one back.
            await().atMost(PATIENCE).until(() -> {
                disk.fill();
                return aborted.get() >= MANY;
            });
            int whenFull = completed.get();
            int read = records.get();
            await().atMost(PATIENCE).until(() -> records.get() > read + 100);

            disk.makeRoom();
            await().atMost(PATIENCE).until(() -> completed.get() > whenFull + 1);
            assertThat(opened).as("starts of the job").hasValue(1);
            job.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static JobClient start(Path checkpoints) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        StreamExecutionEnvironment env =
                JobEnvironment.configured(StreamExecutionEnvironment.createLocalEnvironment(1, configuration));
        env.fromSequence(0, Long.MAX_VALUE)
                .uid("numbers")
                .map(new Counted())
                .uid("counted")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return env.executeAsync();
    }

    private static final class Counted extends RichMapFunction<Long, Long> implements CheckpointListener {
        private static final long serialVersionUID = 1;

        @Override
        public void open(OpenContext context) {
            opened.incrementAndGet();
        }

        @Override
        public Long map(Long number) throws Exception {
            // Paces the numbers.
            Thread.sleep(1);
            records.incrementAndGet();
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            completed.incrementAndGet();
        }

        @Override
        public void notifyCheckpointAborted(long checkpointId) {
            aborted.incrementAndGet();
        }
    }
}
