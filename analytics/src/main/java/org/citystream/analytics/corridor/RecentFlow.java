package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.citystream.analytics.pane.VarInt;

/**
 * Flow of a station over the last {@link #MINUTES} minutes. Immutable.
 *
 * @param newest start of the newest minute, epoch ms
 * @param flows veh/h, newest last; {@link #UNKNOWN} where not measured
 */
@SuppressWarnings("ArrayRecordComponent")
record RecentFlow(long newest, int[] flows) {
    static final int MINUTES = 24;
    /** Before anything was measured. */
    static final RecentFlow NOTHING = new RecentFlow(Long.MIN_VALUE, new int[0]);

    private static final int UNKNOWN = -1;
    private static final long MINUTE_MILLIS = 60_000;

    /** With one more minute, newer than all; NaN: not measured. */
    RecentFlow with(long start, double flowPerHour) {
        int[] next = new int[MINUTES];
        Arrays.fill(next, UNKNOWN);
        long apart = newest == Long.MIN_VALUE ? MINUTES : (start - newest) / MINUTE_MILLIS;
        for (int i = 0; i < flows.length; i++) {
            long to = MINUTES - 1 - apart - (flows.length - 1 - i);
            if (to >= 0) {
                next[(int) to] = flows[i];
            }
        }
        next[MINUTES - 1] = Double.isNaN(flowPerHour) ? UNKNOWN : (int) Math.round(flowPerHour);
        return new RecentFlow(start, next);
    }

    /**
     * Mean over the minutes that began {@code from} to {@code to} minutes ago, both included; 0 is the newest. NaN if fewer
     * than half of them were measured.
     */
    double mean(int from, int to) {
        long sum = 0;
        int measured = 0;
        for (int ago = from; ago <= to; ago++) {
            int index = flows.length - 1 - ago;
            if (index >= 0 && flows[index] != UNKNOWN) {
                sum += flows[index];
                measured++;
            }
        }
        return measured * 2 < to - from + 1 ? Double.NaN : (double) sum / measured;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(newest);
        VarInt.write(out, flows.length);
        for (int flow : flows) {
            VarInt.writeSigned(out, flow);
        }
    }

    static RecentFlow read(DataInput in) throws IOException {
        long newest = in.readLong();
        int[] flows = new int[(int) VarInt.read(in)];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = (int) VarInt.readSigned(in);
        }
        return new RecentFlow(newest, flows);
    }
}
