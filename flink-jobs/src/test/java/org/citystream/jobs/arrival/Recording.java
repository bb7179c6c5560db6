package org.citystream.jobs.arrival;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/**
 * Records of the partitions of a topic, kept in this JVM, and a door in front of each partition: records stamped after
 * the door's clock have not been written yet. Thread-safe.
 */
final class Recording<T> {
    private static final Map<String, Recording<?>> all = new ConcurrentHashMap<>();
    private static final AtomicInteger made = new AtomicInteger();
    private static final int NEVER = -1;

    private final String id = "recording-" + made.incrementAndGet();
    private final List<List<T>> partitions;
    private final ToLongFunction<T> clockAt;
    private final long[] doors;
    private final int[] read;
    private int failsAfter = NEVER;
    private CompletableFuture<Void> change = new CompletableFuture<>();

    /** All doors open. */
    Recording(List<List<T>> partitions, ToLongFunction<T> clockAt) {
        this.partitions = partitions;
        this.clockAt = clockAt;
        this.doors = new long[partitions.size()];
        this.read = new int[partitions.size()];
        Arrays.fill(doors, Long.MAX_VALUE);
        all.put(id, this);
    }

    @SuppressWarnings("unchecked")
    static <T> Recording<T> of(String id) {
        return (Recording<T>) Objects.requireNonNull(all.get(id));
    }

    String id() {
        return id;
    }

    int partitions() {
        return partitions.size();
    }

    List<T> records(int partition) {
        return partitions.get(partition);
    }

    /** The largest stamp. */
    long end() {
        return partitions.stream()
                .flatMap(List::stream)
                .mapToLong(clockAt)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    synchronized void door(int partition, long clock) {
        doors[partition] = clock;
        wakeReaders();
    }

    synchronized void doors(long clock) {
        Arrays.fill(doors, clock);
        wakeReaders();
    }

    /** Lets the reader fail, once, when it has read so many records of the first partition. */
    synchronized void failOnceAfter(int records) {
        failsAfter = records;
    }

    synchronized void wakeReaders() {
        CompletableFuture<Void> before = change;
        change = new CompletableFuture<>();
        before.complete(null);
    }

    synchronized CompletableFuture<Void> change() {
        return change;
    }

    synchronized boolean mayRead(int partition, int position) {
        List<T> records = partitions.get(partition);
        return position < records.size() && clockAt.applyAsLong(records.get(position)) <= doors[partition];
    }

    boolean isEnd(int partition, int position) {
        return position == partitions.get(partition).size();
    }

    /** A reader goes on from here. */
    synchronized void restoredAt(int partition, int position) {
        read[partition] = position;
        wakeReaders();
    }

    /** The reader has read up to here, exclusive. */
    synchronized void readTo(int partition, int position) {
        if (partition == 0 && position == failsAfter) {
            failsAfter = NEVER;
            throw new IllegalStateException("the test lets the job fail here, once");
        }
        read[partition] = position;
    }

    /** How far time comes by what the doors let out: the smallest of the partitions' largest stamps; the least: nowhere. */
    synchronized long clock() {
        long smallest = Long.MAX_VALUE;
        for (int partition = 0; partition < partitions.size(); partition++) {
            long door = doors[partition];
            long largest = partitions.get(partition).stream()
                    .mapToLong(clockAt)
                    .filter(clock -> clock <= door)
                    .max()
                    .orElse(Long.MIN_VALUE);
            smallest = Math.min(smallest, largest);
        }
        return smallest;
    }

    /** Whether all has been read that the doors let out. */
    synchronized boolean isReadUp() {
        for (int partition = 0; partition < read.length; partition++) {
            if (mayRead(partition, read[partition])) {
                return false;
            }
        }
        return true;
    }
}
