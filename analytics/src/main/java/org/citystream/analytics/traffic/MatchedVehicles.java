package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import org.citystream.analytics.pane.VarInt;

/**
 * Matched vehicles of the last quarter of an hour, for segments measured by travel time. Of all traffic only a few per
 * cent are matched, and two or three vehicles at a red light are no congestion: so their speed is pooled over this
 * window, and fewer than {@link #NEEDED} in it decide nothing. Immutable.
 *
 * @param entries triples of pane start, weight and slowness as in {@link TrafficMeasure}, ascending
 */
record MatchedVehicles(long[] entries) {
    static final MatchedVehicles NONE = new MatchedVehicles(new long[0]);
    static final int NEEDED = 3;
    static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int TRIPLE = 3;

    /** Moves the window on to a pane. */
    MatchedVehicles with(long paneStart, long paneMillis, long weight, long slowness) {
        long oldest = paneStart + paneMillis - WINDOW.toMillis();
        int from = 0;
        while (from < entries.length && entries[from] < oldest) {
            from += TRIPLE;
        }
        int kept = entries.length - from;
        long[] moved = new long[kept + (weight > 0 ? TRIPLE : 0)];
        System.arraycopy(entries, from, moved, 0, kept);
        if (weight > 0) {
            moved[kept] = paneStart;
            moved[kept + 1] = weight;
            moved[kept + 2] = slowness;
        }
        return new MatchedVehicles(moved);
    }

    private long sum(int offset) {
        long sum = 0;
        for (int i = offset; i < entries.length; i += TRIPLE) {
            sum += entries[i];
        }
        return sum;
    }

    /** Space-mean speed of all in the window, km/h; NaN if there are none. */
    double speedKmh() {
        return TrafficMeasure.speedKmh(sum(1), sum(2));
    }

    boolean areEnough() {
        return sum(1) >= NEEDED * 1000L;
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, entries.length);
        for (long entry : entries) {
            VarInt.writeSigned(out, entry);
        }
    }

    static MatchedVehicles read(DataInput in) throws IOException {
        long[] entries = new long[(int) VarInt.read(in)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = VarInt.readSigned(in);
        }
        return entries.length == 0 ? NONE : new MatchedVehicles(entries);
    }
}
