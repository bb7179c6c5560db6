package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.citystream.analytics.pane.VarInt;

/** Speeds counted by whole km/h: percentiles that do not depend on the order of arrival. Immutable. */
final class SpeedHistogram {
    static final SpeedHistogram EMPTY = new SpeedHistogram(new int[0], 0);
    private static final int FASTEST = 250;

    private final int[] counts;
    private final int size;

    private SpeedHistogram(int[] counts, int size) {
        this.counts = counts;
        this.size = size;
    }

    int size() {
        return size;
    }

    SpeedHistogram with(double speedKmh) {
        int bin = (int) Math.min(FASTEST, Math.round(speedKmh));
        int[] more = Arrays.copyOf(counts, Math.max(counts.length, bin + 1));
        more[bin]++;
        return new SpeedHistogram(more, size + 1);
    }

    /** Forgets half of everything, so that what is learned follows the seasons. */
    SpeedHistogram halved() {
        int[] half = new int[counts.length];
        int left = 0;
        for (int i = 0; i < counts.length; i++) {
            half[i] = counts[i] / 2;
            left += half[i];
        }
        return new SpeedHistogram(half, left);
    }

    /** The smallest whole speed that at least this share of samples does not exceed; the histogram must not be empty. */
    int percentile(int percent) {
        long wanted = ((long) size * percent + 99) / 100;
        long seen = 0;
        for (int speed = 0; speed < counts.length; speed++) {
            seen += counts[speed];
            if (seen >= wanted) {
                return speed;
            }
        }
        throw new IllegalStateException("a percentile of no samples");
    }

    void write(DataOutput out) throws IOException {
        int bins = 0;
        for (int count : counts) {
            bins += count > 0 ? 1 : 0;
        }
        VarInt.write(out, bins);
        int last = 0;
        for (int speed = 0; speed < counts.length; speed++) {
            if (counts[speed] > 0) {
                VarInt.write(out, speed - last);
                VarInt.write(out, counts[speed]);
                last = speed;
            }
        }
    }

    static SpeedHistogram read(DataInput in) throws IOException {
        int bins = (int) VarInt.read(in);
        int[] counts = new int[0];
        int size = 0;
        int speed = 0;
        for (int i = 0; i < bins; i++) {
            speed += (int) VarInt.read(in);
            counts = Arrays.copyOf(counts, speed + 1);
            counts[speed] = (int) VarInt.read(in);
            size += counts[speed];
        }
        return new SpeedHistogram(counts, size);
    }
}
