package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a pane in bytes: numbers of variable length, times as differences, and what most cells have in common as
 * one bit each, so that a usual cell of a road segment takes at most 32 bytes beside its sensor's id. {@code docs/kernel.md}
 * has the table.
 */
final class CellsCodec {
    /** The second sum is the first: all vehicles have a speed. */
    private static final int SECOND_AS_FIRST = 1;

    private static final int HAS_LANE = 1 << 1;
    private static final int ONE_READING = 1 << 2;
    /** The only identity is that of a reading without boot, observed at the newest time. */
    private static final int IDENTIFIED_BY_TIME = 1 << 3;

    private static final int SAME_SENSOR_AS_BEFORE = 1 << 4;
    private static final int WHOLE_SECONDS = 1 << 5;
    /** The covered times of the measures differ, if only by some being unknown. */
    private static final int UNEVEN = 1 << 6;
    // What stands from here on makes the flags take two bytes.
    private static final int NO_READING = 1 << 7;
    /** What is known is known of the whole covered time. */
    private static final int KNOWN_ALL_THE_TIME = 1 << 8;
    /** Each reading weighs one, and overlaps no other pane. */
    private static final int SUPPORT_IS_READINGS = 1 << 9;
    /** The sums share a factor: values times milliseconds. */
    private static final int FACTORED = 1 << 10;

    private static final int MILLIS = 1000;

    private CellsCodec() {}

    /** At least one cell. */
    static byte[] write(List<Cell> cells) {
        UnlockedBytes.Out bytes = new UnlockedBytes.Out();
        try {
            write(cells, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("an array took no more", e);
        }
        return bytes.toByteArray();
    }

    private static void write(List<Cell> cells, DataOutput out) throws IOException {
        long newest = Pane.newestObservedAt(cells);
        int measures = 0;
        for (Cell cell : cells) {
            measures = Math.max(measures, cell.sums.length);
        }
        VarInt.write(out, cells.size());
        VarInt.write(out, measures);
        VarInt.writeSigned(out, newest == Long.MIN_VALUE ? 0 : newest);
        Cell before = null;
        for (Cell cell : cells) {
            write(cell, before != null && before.sensorId.equals(cell.sensorId), measures, newest, out);
            before = cell;
        }
    }

    private static void write(Cell cell, boolean sameSensor, int measures, long newest, DataOutput out)
            throws IOException {
        int flags = flags(cell, measures) | (sameSensor ? SAME_SENSOR_AS_BEFORE : 0);
        VarInt.write(out, flags);
        if (!sameSensor) {
            Codecs.writeText(out, cell.sensorId);
        }
        if (is(flags, HAS_LANE)) {
            VarInt.write(out, cell.laneId);
        }
        if (!is(flags, ONE_READING | NO_READING)) {
            VarInt.write(out, cell.readings);
        }
        if (!is(flags, SUPPORT_IS_READINGS)) {
            VarInt.writeSigned(out, cell.support);
        }
        if (!is(flags, NO_READING)) {
            VarInt.write(out, newest - cell.newestObservedAt);
        }
        VarInt.write(out, is(flags, WHOLE_SECONDS) ? cell.coveredMillis / MILLIS : cell.coveredMillis);
        long none = 0;
        long whole = -1;
        if (is(flags, UNEVEN)) {
            whole = measures(cell, cell.coveredMillis);
            // Measures that a newer program has added are not known of older cells.
            none = measures(cell, 0) | (1L << measures) - (1L << cell.sums.length);
            VarInt.write(out, none);
            if (!is(flags, KNOWN_ALL_THE_TIME)) {
                VarInt.write(out, whole);
            }
        }
        long factor = is(flags, FACTORED) ? Factor.of(cell.sums) : Factor.NONE;
        if (is(flags, FACTORED)) {
            Factor.write(factor, out);
        }
        for (int i = 0; i < cell.sums.length; i++) {
            boolean known = (none >> i & 1) != 0 || (i == 1 && is(flags, SECOND_AS_FIRST));
            if (!known) {
                Factor.writeSum(cell.sums[i], factor, out);
            }
            if (((none | whole) >> i & 1) == 0) {
                VarInt.write(out, cell.measuredMillis[i]);
            }
        }
        if (!is(flags, IDENTIFIED_BY_TIME)) {
            SeenCodec.write(cell.seen, out);
        }
    }

    /** One bit for each measure that is known for so long, and was not seen at all if that is not at all. */
    private static long measures(Cell cell, long millis) {
        long bits = 0;
        for (int i = 0; i < cell.sums.length; i++) {
            boolean known = cell.measuredMillis[i] == millis && (millis != 0 || cell.sums[i] == 0);
            bits |= known ? 1L << i : 0;
        }
        return bits;
    }

    private static int flags(Cell cell, int measures) {
        boolean uneven = cell.sums.length < measures;
        for (long millis : cell.measuredMillis) {
            uneven |= millis != cell.coveredMillis;
        }
        boolean allTheTime =
                uneven && (measures(cell, 0) | measures(cell, cell.coveredMillis)) == (1L << cell.sums.length) - 1;
        return (uneven ? UNEVEN : 0)
                | (allTheTime ? KNOWN_ALL_THE_TIME : 0)
                | (uneven && cell.support == cell.readings ? SUPPORT_IS_READINGS : 0)
                | (uneven && Factor.of(cell.sums) != Factor.NONE ? FACTORED : 0)
                | (cell.laneId != 0 ? HAS_LANE : 0)
                | (cell.readings == 1 ? ONE_READING : 0)
                | (cell.readings == 0 ? NO_READING : 0)
                | (SeenCodec.isOnly(cell.seen, cell.newestObservedAt) ? IDENTIFIED_BY_TIME : 0)
                | (cell.coveredMillis % MILLIS == 0 ? WHOLE_SECONDS : 0)
                | (cell.sums.length > 1 && cell.sums[0] == cell.sums[1] ? SECOND_AS_FIRST : 0);
    }

    private static boolean is(int flags, int any) {
        return (flags & any) != 0;
    }

    /** @throws UncheckedIOException if no cells were written so */
    static List<Cell> read(byte[] packed) {
        if (packed.length == 0) {
            return new ArrayList<>(1);
        }
        try {
            return read(new DataInputStream(new UnlockedBytes.In(packed)));
        } catch (IOException e) {
            throw new UncheckedIOException("these bytes are no cells", e);
        }
    }

    private static List<Cell> read(DataInput in) throws IOException {
        int size = (int) VarInt.read(in);
        List<Cell> cells = new ArrayList<>(size);
        int measures = (int) VarInt.read(in);
        long newest = VarInt.readSigned(in);
        String sensorId = "";
        for (int i = 0; i < size; i++) {
            Cell cell = readCell(in, sensorId, measures, newest);
            sensorId = cell.sensorId;
            cells.add(cell);
        }
        return cells;
    }

    private static Cell readCell(DataInput in, String sensorBefore, int measures, long newest) throws IOException {
        int flags = (int) VarInt.read(in);
        String sensorId = is(flags, SAME_SENSOR_AS_BEFORE) ? sensorBefore : Codecs.readText(in);
        Cell cell = new Cell(sensorId, is(flags, HAS_LANE) ? (int) VarInt.read(in) : 0, measures);
        cell.readings = is(flags, NO_READING) ? 0 : is(flags, ONE_READING) ? 1 : (int) VarInt.read(in);
        cell.support = is(flags, SUPPORT_IS_READINGS) ? cell.readings : VarInt.readSigned(in);
        if (!is(flags, NO_READING)) {
            cell.newestObservedAt = newest - VarInt.read(in);
        }
        cell.coveredMillis = VarInt.read(in) * (is(flags, WHOLE_SECONDS) ? MILLIS : 1);
        long none = is(flags, UNEVEN) ? VarInt.read(in) : 0;
        long whole = is(flags, UNEVEN) && !is(flags, KNOWN_ALL_THE_TIME) ? VarInt.read(in) : -1;
        long factor = is(flags, FACTORED) ? Factor.read(in) : Factor.NONE;
        for (int i = 0; i < measures; i++) {
            if ((none >> i & 1) == 0) {
                cell.sums[i] = i == 1 && is(flags, SECOND_AS_FIRST) ? cell.sums[0] : Factor.readSum(factor, in);
                cell.measuredMillis[i] = (whole >> i & 1) != 0 ? cell.coveredMillis : VarInt.read(in);
            }
        }
        cell.seen = is(flags, IDENTIFIED_BY_TIME) ? SeenCodec.only(cell.newestObservedAt) : SeenCodec.read(in);
        return cell;
    }
}
