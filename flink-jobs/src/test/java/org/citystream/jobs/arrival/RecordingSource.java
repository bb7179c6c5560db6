package org.citystream.jobs.arrival;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Recording} as Kafka's source reads a topic: a split for each partition, which are mixed at random. */
final class RecordingSource<T> implements Source<T, RecordingSource.Partition, List<RecordingSource.Partition>> {
    private static final long serialVersionUID = 1;

    private final String recordingId;
    private final Boundedness boundedness;
    private final long seed;

    RecordingSource(Recording<T> recording, Boundedness boundedness, long seed) {
        this.recordingId = recording.id();
        this.boundedness = boundedness;
        this.seed = seed;
    }

    /** A partition, and the position in it of the next record. */
    record Partition(int partition, int position) implements SourceSplit {
        @Override
        public String splitId() {
            return Integer.toString(partition);
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return boundedness;
    }

    @Override
    public SplitEnumerator<Partition, List<Partition>> createEnumerator(SplitEnumeratorContext<Partition> context) {
        List<Partition> all = new ArrayList<>();
        for (int partition = 0; partition < Recording.of(recordingId).partitions(); partition++) {
            all.add(new Partition(partition, 0));
        }
        return new Enumerator(context, all);
    }

    @Override
    public SplitEnumerator<Partition, List<Partition>> restoreEnumerator(
            SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
        return new Enumerator(context, unassigned);
    }

    @Override
    public SourceReader<T, Partition> createReader(SourceReaderContext context) {
        return new Reader<>(Recording.of(recordingId), boundedness, new Random(seed + context.getIndexOfSubtask()));
    }

    @Override
    public SimpleVersionedSerializer<Partition> getSplitSerializer() {
        return new Serializer<>() {
            @Override
            public byte[] serialize(Partition split) {
                return bytes(List.of(split));
            }

            @Override
            public Partition deserialize(int version, byte[] bytes) {
                return partitions(bytes).get(0);
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<List<Partition>> getEnumeratorCheckpointSerializer() {
        return new Serializer<>() {
            @Override
            public byte[] serialize(List<Partition> splits) {
                return bytes(splits);
            }

            @Override
            public List<Partition> deserialize(int version, byte[] bytes) {
                return partitions(bytes);
            }
        };
    }

    private abstract static class Serializer<V> implements SimpleVersionedSerializer<V> {
        @Override
        public int getVersion() {
            return 1;
        }

        static byte[] bytes(List<Partition> splits) {
            ByteBuffer buffer = ByteBuffer.allocate(2 * Integer.BYTES * splits.size());
            splits.forEach(split -> buffer.putInt(split.partition()).putInt(split.position()));
            return buffer.array();
        }

        static List<Partition> partitions(byte[] bytes) {
            List<Partition> splits = new ArrayList<>();
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                splits.add(new Partition(buffer.getInt(), buffer.getInt()));
            }
            return splits;
        }
    }

    /**
     * Deals partitions out once all readers are there, and to each reader all of its own at once, as Kafka's source does: a
     * reader that had only the first would let time run ahead of the second.
     */
    private static final class Enumerator implements SplitEnumerator<Partition, List<Partition>> {
        private final SplitEnumeratorContext<Partition> context;
        private final List<Partition> unassigned;

        Enumerator(SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
            this.context = context;
            this.unassigned = new ArrayList<>(unassigned);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<Partition> splits, int subtask) {
            unassigned.addAll(splits);
        }

        @Override
        public void addReader(int subtask) {
            int readers = context.currentParallelism();
            if (context.registeredReaders().size() < readers) {
                return;
            }
            context.assignSplits(new SplitsAssignment<>(
                    unassigned.stream().collect(Collectors.groupingBy(split -> split.partition() % readers))));
            unassigned.clear();
            for (int reader = 0; reader < readers; reader++) {
                context.signalNoMoreSplits(reader);
            }
        }

        @Override
        public List<Partition> snapshotState(long checkpointId) {
            return List.copyOf(unassigned);
        }

        @Override
        public void close() throws IOException {}
    }

    private static final class Reader<T> implements SourceReader<T, Partition> {
        private final Recording<T> recording;
        private final Boundedness boundedness;
        private final Random random;
        private final List<Partition> splits = new ArrayList<>();
        private boolean dealt;

        Reader(Recording<T> recording, Boundedness boundedness, Random random) {
            this.recording = recording;
            this.boundedness = boundedness;
            this.random = random;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            List<Integer> readable = readable();
            if (readable.isEmpty()) {
                return isEnd() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            int chosen = readable.get(random.nextInt(readable.size()));
            Partition split = splits.get(chosen);
            T value = recording.records(split.partition()).get(split.position());
            output.createOutputForSplit(split.splitId()).collect(value);
            splits.set(chosen, new Partition(split.partition(), split.position() + 1));
            recording.readTo(split.partition(), split.position() + 1);
            return InputStatus.MORE_AVAILABLE;
        }

        private List<Integer> readable() {
            List<Integer> readable = new ArrayList<>();
            for (int i = 0; i < splits.size(); i++) {
                if (recording.mayRead(splits.get(i).partition(), splits.get(i).position())) {
                    readable.add(i);
                }
            }
            return readable;
        }

        private boolean isEnd() {
            return boundedness == Boundedness.BOUNDED
                    && dealt
                    && splits.stream().allMatch(split -> recording.isEnd(split.partition(), split.position()));
        }

        @Override
        public List<Partition> snapshotState(long checkpointId) {
            return List.copyOf(splits);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            CompletableFuture<Void> change = recording.change();
            return readable().isEmpty() && !isEnd() ? change : CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<Partition> more) {
            splits.addAll(more);
            more.forEach(split -> recording.restoredAt(split.partition(), split.position()));
        }

        @Override
        public void notifyNoMoreSplits() {
            dealt = true;
            recording.wakeReaders();
        }

        @Override
        public void close() {}
    }
}
