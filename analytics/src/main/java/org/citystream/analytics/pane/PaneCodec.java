package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Panes in bytes: numbers of variable length, times as differences, so that a usual cell stays small. */
public final class PaneCodec implements Codec<Pane> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    /** Most cells have one covered time for all their measures. */
    private static final int UNEVEN = 1;

    @Override
    public void write(Pane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        VarInt.write(out, pane.revision);
        out.writeLong(pane.toldHash);
        VarInt.write(out, pane.cells.size());
        for (Cell cell : pane.cells) {
            write(cell, out);
        }
    }

    private static void write(Cell cell, DataOutput out) throws IOException {
        out.writeUTF(cell.sensorId);
        VarInt.write(out, cell.laneId);
        VarInt.write(out, cell.readings);
        VarInt.writeSigned(out, cell.support);
        if (cell.readings > 0) {
            VarInt.writeSigned(out, cell.newestObservedAt);
        }
        VarInt.write(out, cell.coveredMillis);
        VarInt.write(out, cell.sums.length);
        boolean uneven = false;
        for (long millis : cell.measuredMillis) {
            uneven |= millis != cell.coveredMillis;
        }
        out.writeByte(uneven ? UNEVEN : 0);
        for (int i = 0; i < cell.sums.length; i++) {
            VarInt.writeSigned(out, cell.sums[i]);
            if (uneven) {
                VarInt.write(out, cell.measuredMillis[i]);
            }
        }
        VarInt.write(out, cell.seen.length);
        for (long word : cell.seen) {
            out.writeLong(word);
        }
    }

    @Override
    public Pane read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "pane");
        int revision = (int) VarInt.read(in);
        long toldHash = in.readLong();
        int size = (int) VarInt.read(in);
        List<Cell> cells = new ArrayList<>(Math.max(1, size));
        for (int i = 0; i < size; i++) {
            cells.add(readCell(in));
        }
        Pane pane = new Pane(cells);
        pane.revision = revision;
        pane.toldHash = toldHash;
        return pane;
    }

    private static Cell readCell(DataInput in) throws IOException {
        String sensorId = in.readUTF();
        int laneId = (int) VarInt.read(in);
        int readings = (int) VarInt.read(in);
        long support = VarInt.readSigned(in);
        long newest = readings > 0 ? VarInt.readSigned(in) : Long.MIN_VALUE;
        long covered = VarInt.read(in);
        int measures = (int) VarInt.read(in);
        boolean uneven = in.readByte() == UNEVEN;
        long[] sums = new long[measures];
        long[] measured = new long[measures];
        for (int i = 0; i < measures; i++) {
            sums[i] = VarInt.readSigned(in);
            measured[i] = uneven ? VarInt.read(in) : covered;
        }
        Cell cell = new Cell(sensorId, laneId, sums, measured);
        cell.readings = readings;
        cell.support = support;
        cell.newestObservedAt = newest;
        cell.coveredMillis = covered;
        cell.seen = new long[(int) VarInt.read(in)];
        for (int i = 0; i < cell.seen.length; i++) {
            cell.seen[i] = in.readLong();
        }
        return cell;
    }

    @Override
    public Pane copy(Pane pane) {
        List<Cell> cells = new ArrayList<>(Math.max(1, pane.cells.size()));
        for (Cell cell : pane.cells) {
            cells.add(cell.copy());
        }
        Pane copy = new Pane(cells);
        copy.revision = pane.revision;
        copy.toldHash = pane.toldHash;
        return copy;
    }
}
