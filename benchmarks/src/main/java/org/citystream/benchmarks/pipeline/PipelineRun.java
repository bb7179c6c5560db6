package org.citystream.benchmarks.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Workload;
import org.citystream.model.wire.JsonCodec;

/** A computation between its topics, from a count of readings to a count of readings. */
public abstract class PipelineRun implements Workload {
    /** Name of the {@link ReadingsJob}. */
    public static final String JOB = "job";

    public static final String KAFKA = "kafka";
    public static final String READINGS = "readings";
    public static final String WARM_UP = "warmUp";
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final long LOOK_NANOS = 2_000_000;

    /**
     * Starts it at the beginning of the readings.
     *
     * @return how many readings it has taken in so far
     */
    protected abstract LongSupplier start(Parameters parameters) throws Exception;

    /** Further findings of the stretch that was timed. */
    protected Map<String, Double> figures() {
        return Map.of();
    }

    @Override
    public final Sample run(Parameters parameters) throws Exception {
        ReadingsJob job = ReadingsJob.valueOf(parameters.text(JOB));
        long readings = parameters.number(READINGS);
        long warmUp = parameters.number(WARM_UP);
        try (TopicReader summaries =
                new TopicReader(parameters.text(KAFKA), job.summaries().name())) {
            summaries.seekToEnd();
            LongSupplier taken = start(parameters);
            await(taken, warmUp);
            long cpuFrom = CpuClock.processNanos();
            await(taken, readings);
            long cpu = CpuClock.processNanos() - cpuFrom;
            return parameters.isCheck()
                    ? Sample.checked(counted(job, summaries, readings).digest())
                    : new Sample(readings - warmUp, cpu, "", figures());
        }
    }

    private static void await(LongSupplier taken, long readings) throws TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (taken.getAsLong() < readings) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(taken.getAsLong() + " of " + readings + " readings were folded");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** What the summaries say in the end. */
    private static CountPerPane counted(ReadingsJob job, TopicReader summaries, long readings) {
        CountPerPane counts = new CountPerPane(job.pane());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (counts.total() < readings && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : summaries.poll()) {
                JsonNode summary = JsonCodec.read(record.value(), JsonNode.class);
                counts.set(
                        new String(record.key(), StandardCharsets.UTF_8),
                        Instant.parse(summary.path("windowStart").asText()).toEpochMilli(),
                        summary.path("readingCount").asInt());
            }
        }
        return counts;
    }
}
