package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where readings stand in their topic: for each partition the first and the last offset, both included, as triples of
 * partition, first, last, by partition. Readings that come from no topic have none.
 */
public final class OffsetRanges {
    /** From no topic. */
    public static final long[] NONE = new long[0];

    private static final int TRIPLE = 3;

    private OffsetRanges() {}

    /** That of one record. */
    public static long[] of(int partition, long offset) {
        return new long[] {partition, offset, offset};
    }

    /** Takes more in: may change {@code ranges} and return it, or return larger ones; never changes {@code more}. */
    static long[] with(long[] ranges, long[] more) {
        long[] all = ranges;
        for (int i = 0; i < more.length; i += TRIPLE) {
            all = with(all, more[i], more[i + 1], more[i + 2]);
        }
        return all;
    }

    private static long[] with(long[] ranges, long partition, long first, long last) {
        int at = 0;
        while (at < ranges.length && ranges[at] < partition) {
            at += TRIPLE;
        }
        if (at < ranges.length && ranges[at] == partition) {
            ranges[at + 1] = Math.min(ranges[at + 1], first);
            ranges[at + 2] = Math.max(ranges[at + 2], last);
            return ranges;
        }
        long[] larger = Arrays.copyOf(ranges, ranges.length + TRIPLE);
        System.arraycopy(ranges, at, larger, at + TRIPLE, ranges.length - at);
        larger[at] = partition;
        larger[at + 1] = first;
        larger[at + 2] = last;
        return larger;
    }

    /** A usual pane's one range takes 4 to 7 bytes. */
    static void write(long[] ranges, DataOutput out) throws IOException {
        VarInt.write(out, ranges.length / TRIPLE);
        for (int i = 0; i < ranges.length; i += TRIPLE) {
            VarInt.write(out, ranges[i]);
            VarInt.write(out, ranges[i + 1]);
            VarInt.write(out, ranges[i + 2] - ranges[i + 1]);
        }
    }

    static long[] read(DataInput in) throws IOException {
        int size = (int) VarInt.read(in);
        long[] ranges = size == 0 ? NONE : new long[TRIPLE * size];
        for (int i = 0; i < ranges.length; i += TRIPLE) {
            ranges[i] = VarInt.read(in);
            ranges[i + 1] = VarInt.read(in);
            ranges[i + 2] = ranges[i + 1] + VarInt.read(in);
        }
        return ranges;
    }
}
