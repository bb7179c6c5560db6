package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.citystream.analytics.pane.VarInt;

/**
 * What a station measured in its last minutes, as whole numbers. Immutable.
 *
 * @param newest start of the newest minute, epoch ms
 * @param values newest last; {@link #UNKNOWN} where not measured
 */
@SuppressWarnings("ArrayRecordComponent")
record RecentMinutes(long newest, int[] values) {
    /** Before anything was measured. */
    static final RecentMinutes NOTHING = new RecentMinutes(Long.MIN_VALUE, new int[0]);

    private static final int UNKNOWN = -1;
    private static final long MINUTE_MILLIS = 60_000;

    /**
     * With one more minute, newer than all.
     *
     * @param value at least 0, rounded to a whole number; NaN: not measured
     * @param minutes how many are kept
     */
    RecentMinutes with(long start, double value, int minutes) {
        int[] next = new int[minutes];
        Arrays.fill(next, UNKNOWN);
        long apart = newest == Long.MIN_VALUE ? minutes : (start - newest) / MINUTE_MILLIS;
        for (int i = 0; i < values.length; i++) {
            long to = minutes - 1 - apart - (values.length - 1 - i);
            if (to >= 0) {
                next[(int) to] = values[i];
            }
        }
        next[minutes - 1] = Double.isNaN(value) ? UNKNOWN : (int) Math.round(value);
        return new RecentMinutes(start, next);
    }

    /**
     * Mean over the minutes that began {@code from} to {@code to} minutes ago, both included; 0 is the newest. NaN if fewer
     * than half of them were measured.
     */
    double mean(int from, int to) {
        long sum = 0;
        int measured = 0;
        for (int ago = from; ago <= to; ago++) {
            int index = values.length - 1 - ago;
            if (index >= 0 && values[index] != UNKNOWN) {
                sum += values[index];
                measured++;
            }
        }
        return measured * 2 < to - from + 1 ? Double.NaN : (double) sum / measured;
    }

    /** Of the minute that began so many minutes ago; NaN if it was not measured. */
    double at(int ago) {
        int index = values.length - 1 - ago;
        return index >= 0 && values[index] != UNKNOWN ? values[index] : Double.NaN;
    }

    /** Standard deviation over the minutes of {@link #mean}, whose mean it is about; NaN without one. */
    double deviation(int from, int to) {
        double mean = mean(from, to);
        double squares = 0;
        int measured = 0;
        for (int ago = from; ago <= to; ago++) {
            double value = at(ago);
            if (!Double.isNaN(value)) {
                squares += (value - mean) * (value - mean);
                measured++;
            }
        }
        return Double.isNaN(mean) ? Double.NaN : Math.sqrt(squares / measured);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(newest);
        VarInt.write(out, values.length);
        for (int value : values) {
            VarInt.writeSigned(out, value);
        }
    }

    static RecentMinutes read(DataInput in) throws IOException {
        long newest = in.readLong();
        int[] values = new int[(int) VarInt.read(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) VarInt.readSigned(in);
        }
        return new RecentMinutes(newest, values);
    }
}
