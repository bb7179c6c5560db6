package org.citystream.jobs.timeseries;

import java.io.IOException;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.citystream.jobs.runtime.KafkaAccess;

/**
 * Lines of the line protocol into the store, at least once: everything received before a checkpoint is in the store
 * when the checkpoint completes. Rewriting a point changes nothing, so a restart leaves no trace.
 */
final class TimeSeriesSink implements Sink<String> {
    private static final long serialVersionUID = 1;

    private final StoreAddress address;
    private final WritePolicy policy;
    private final KafkaAccess kafka;

    /** @param kafka where points go that the store refuses */
    TimeSeriesSink(StoreAddress address, WritePolicy policy, KafkaAccess kafka) {
        this.address = address;
        this.policy = policy;
        this.kafka = kafka;
    }

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) throws IOException {
        BatchWriter batch = new BatchWriter(
                new InfluxStore(address),
                policy,
                BatchWriter.Pause.SLEEP,
                new Counters(context.metricGroup()),
                new RejectedPoints(kafka));
        return new Writer(batch, policy, context.getProcessingTimeService());
    }

    /** Runs in the task's mailbox only; so does its timer. */
    private static final class Writer implements SinkWriter<String> {
        private final BatchWriter batch;
        private final WritePolicy policy;
        private final ProcessingTimeService time;
        private boolean timerSet;

        Writer(BatchWriter batch, WritePolicy policy, ProcessingTimeService time) {
            this.batch = batch;
            this.policy = policy;
            this.time = time;
        }

        @Override
        public void write(String line, Context context) throws IOException, InterruptedException {
            batch.add(line);
            if (!timerSet && !batch.isEmpty()) {
                timerSet = true;
                time.registerTimer(
                        time.getCurrentProcessingTime() + policy.atLeastEvery().toMillis(), this::flushAt);
            }
        }

        private void flushAt(long timestamp) throws IOException, InterruptedException {
            timerSet = false;
            batch.flush();
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            batch.flush();
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    private static final class Counters implements BatchWriter.Counts {
        private final Counter written;
        private final Counter refused;
        private final Counter retries;

        Counters(SinkWriterMetricGroup metrics) {
            written = metrics.counter("pointsWritten");
            refused = metrics.counter("pointsRefused");
            retries = metrics.counter("writesRetried");
        }

        @Override
        public void written(int lines) {
            written.inc(lines);
        }

        @Override
        public void refused() {
            refused.inc();
        }

        @Override
        public void retried() {
            retries.inc();
        }
    }
}
