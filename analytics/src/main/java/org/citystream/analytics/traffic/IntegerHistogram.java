package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.citystream.analytics.pane.VarInt;

/**
 * Values of 0 and more counted by whole numbers (km/h, percent): percentiles that do not depend on the order of arrival.
 * Immutable.
 */
public final class IntegerHistogram {
    public static final IntegerHistogram EMPTY = new IntegerHistogram(new int[0], 0);
    private static final int LARGEST = 250;

    private final int[] counts;
    private final int size;

    private IntegerHistogram(int[] counts, int size) {
        this.counts = counts;
        this.size = size;
    }

    public int size() {
        return size;
    }

    /** Counts one more; above 250 as 250. */
    public IntegerHistogram with(double value) {
        int bin = (int) Math.max(0, Math.min(LARGEST, Math.round(value)));
        int[] more = Arrays.copyOf(counts, Math.max(counts.length, bin + 1));
        more[bin]++;
        return new IntegerHistogram(more, size + 1);
    }

    /** Forgets half of everything, so that what is learned follows the seasons. */
    public IntegerHistogram halved() {
        int[] half = new int[counts.length];
        int left = 0;
        for (int i = 0; i < counts.length; i++) {
            half[i] = counts[i] / 2;
            left += half[i];
        }
        return new IntegerHistogram(half, left);
    }

    /** The smallest whole number that at least this share of samples does not exceed; the histogram must not be empty. */
    public int percentile(int percent) {
        long wanted = ((long) size * percent + 99) / 100;
        long seen = 0;
        for (int value = 0; value < counts.length; value++) {
            seen += counts[value];
            if (seen >= wanted) {
                return value;
            }
        }
        throw new IllegalStateException("a percentile of no samples");
    }

    public void write(DataOutput out) throws IOException {
        int bins = 0;
        for (int count : counts) {
            bins += count > 0 ? 1 : 0;
        }
        VarInt.write(out, bins);
        int last = 0;
        for (int value = 0; value < counts.length; value++) {
            if (counts[value] > 0) {
                VarInt.write(out, value - last);
                VarInt.write(out, counts[value]);
                last = value;
            }
        }
    }

    public static IntegerHistogram read(DataInput in) throws IOException {
        int bins = (int) VarInt.read(in);
        int[] counts = new int[0];
        int size = 0;
        int value = 0;
        for (int i = 0; i < bins; i++) {
            value += (int) VarInt.read(in);
            counts = Arrays.copyOf(counts, value + 1);
            counts[value] = (int) VarInt.read(in);
            size += counts[value];
        }
        return new IntegerHistogram(counts, size);
    }
}
