package org.citystream.jobs.arrival;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.citystream.jobs.wire.KeyedJson;

/**
 * A topic on the way out, kept in this JVM: records of one key in the order in which they were written, exactly once, and
 * how far time has come behind them.
 */
final class Collected implements Sink<KeyedJson>, SupportsWriterState<KeyedJson, Integer> {
    private static final long serialVersionUID = 1;
    private static final Map<Integer, List<Writer>> all = new ConcurrentHashMap<>();
    private static final AtomicInteger made = new AtomicInteger();

    private final int id = made.incrementAndGet();

    Collected() {
        all.put(id, List.of());
    }

    private List<Writer> writers() {
        return Objects.requireNonNull(all.get(id));
    }

    List<KeyedJson> records() {
        return writers().stream().flatMap(writer -> writer.written().stream()).toList();
    }

    /** All that was to be told up to this watermark has been written. */
    long watermark() {
        return writers().stream().mapToLong(Writer::watermark).min().orElse(Long.MIN_VALUE);
    }

    @Override
    public StatefulSinkWriter<KeyedJson, Integer> createWriter(WriterInitContext context) {
        return started(context, 0);
    }

    /** After a failure what was written since the checkpoint is not there; what another job wrote never was. */
    @Override
    public StatefulSinkWriter<KeyedJson, Integer> restoreWriter(
            WriterInitContext context, Collection<Integer> writtenByCheckpoint) {
        return started(
                context,
                writtenByCheckpoint.stream().mapToInt(Integer::intValue).sum());
    }

    private Writer started(WriterInitContext context, int written) {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        int subtasks = context.getTaskInfo().getNumberOfParallelSubtasks();
        return Objects.requireNonNull(all.compute(id, (same, before) -> {
                    List<Writer> writers = Objects.requireNonNull(before).isEmpty()
                            ? IntStream.range(0, subtasks)
                                    .mapToObj(each -> new Writer())
                                    .toList()
                            : before;
                    writers.get(subtask).startsWith(written);
                    return writers;
                }))
                .get(subtask);
    }

    /** What one subtask has written. Thread-safe; the same one goes on after a failure. */
    private static final class Writer implements StatefulSinkWriter<KeyedJson, Integer> {
        private final List<KeyedJson> written = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;

        synchronized void startsWith(int records) {
            if (records < written.size()) {
                written.subList(records, written.size()).clear();
            }
            watermark = Long.MIN_VALUE;
        }

        synchronized List<KeyedJson> written() {
            return List.copyOf(written);
        }

        synchronized long watermark() {
            return watermark;
        }

        @Override
        public synchronized void write(KeyedJson record, Context writing) {
            written.add(record);
        }

        @Override
        public synchronized void writeWatermark(Watermark passed) {
            watermark = passed.getTimestamp();
        }

        @Override
        public synchronized List<Integer> snapshotState(long checkpointId) {
            return List.of(written.size());
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }

    @Override
    public SimpleVersionedSerializer<Integer> getWriterStateSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(Integer count) {
                return Integer.toString(count).getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public Integer deserialize(int version, byte[] bytes) {
                return Integer.valueOf(new String(bytes, StandardCharsets.US_ASCII));
            }
        };
    }
}
