package org.citystream.analytics.threshold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.rule.Condition.Aggregate;

/**
 * The values that one threshold rule looks back on, oldest first, in fixed point so that sums do not depend on how they
 * came about. Bounded by the rule's window, which is bounded itself. Immutable.
 *
 * @param version of the rule that took the last pane in
 * @param conditionKey of the condition that the values were collected for
 * @param entries pairs of pane start, epoch ms, and value, millionths
 */
@SuppressWarnings("ArrayRecordComponent")
record Window(int version, long conditionKey, long[] entries) {
    private static final double MILLION = 1e6;
    private static final int PAIR = 2;
    private static final int PERCENT = 85;
    private static final long SECOND = 1000;

    static Window empty(int version, long conditionKey) {
        return new Window(version, conditionKey, new long[0]);
    }

    /** The same under another version with the same condition. */
    Window under(int newVersion) {
        return new Window(newVersion, conditionKey, entries);
    }

    /** Without the values of panes that start before this time. */
    Window from(long oldest) {
        int first = 0;
        while (first < entries.length && entries[first] < oldest) {
            first += PAIR;
        }
        return first == 0
                ? this
                : new Window(version, conditionKey, Arrays.copyOfRange(entries, first, entries.length));
    }

    /** With the value of a newer pane. */
    Window with(long paneStart, double value) {
        long[] more = Arrays.copyOf(entries, entries.length + PAIR);
        more[entries.length] = paneStart;
        more[entries.length + 1] = Math.round(value * MILLION);
        return new Window(version, conditionKey, more);
    }

    /** Start of the newest pane with a value that starts before this one, epoch ms; {@link Long#MIN_VALUE}: none. */
    long newestBefore(long paneStart) {
        int i = entries.length - PAIR;
        while (i >= 0 && entries[i] >= paneStart) {
            i -= PAIR;
        }
        return i < 0 ? Long.MIN_VALUE : entries[i];
    }

    int size() {
        return entries.length / PAIR;
    }

    /** Of at least one value. */
    double aggregate(Aggregate aggregate) {
        long[] values = new long[size()];
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = entries[PAIR * i + 1];
            sum += values[i];
        }
        long last = values[values.length - 1];
        Arrays.sort(values);
        return switch (aggregate) {
            case MEAN -> sum / MILLION / values.length;
            case SUM -> sum / MILLION;
            case MIN -> values[0] / MILLION;
            case MAX -> values[values.length - 1] / MILLION;
            case LAST -> last / MILLION;
            case P85 -> values[(values.length * PERCENT + 99) / 100 - 1] / MILLION;
        };
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, version);
        out.writeLong(conditionKey);
        VarInt.write(out, size());
        long before = 0;
        for (int i = 0; i < entries.length; i += PAIR) {
            VarInt.writeSigned(out, (entries[i] - before) / SECOND);
            VarInt.writeSigned(out, entries[i + 1]);
            before = entries[i];
        }
    }

    static Window read(DataInput in) throws IOException {
        int version = (int) VarInt.read(in);
        long conditionKey = in.readLong();
        long[] entries = new long[PAIR * (int) VarInt.read(in)];
        long before = 0;
        for (int i = 0; i < entries.length; i += PAIR) {
            before += VarInt.readSigned(in) * SECOND;
            entries[i] = before;
            entries[i + 1] = VarInt.readSigned(in);
        }
        return new Window(version, conditionKey, entries);
    }
}
