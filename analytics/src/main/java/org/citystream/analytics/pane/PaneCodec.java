package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Panes in bytes: what was told of them, and their cells as {@link CellsCodec} packs them. */
public final class PaneCodec implements Codec<Pane> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 5;
    /** Before panes knew where their readings come from. */
    private static final int WITHOUT_OFFSETS = 4;

    @Override
    public void write(Pane pane, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        VarInt.write(out, pane.revision);
        out.writeLong(pane.toldHash);
        OffsetRanges.write(pane.offsets, out);
        VarInt.write(out, pane.late);
        byte[] cells = pane.packedCells();
        VarInt.write(out, cells.length);
        out.write(cells);
    }

    /** Packed: whoever only passes it on need not look into it. */
    @Override
    public Pane read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != WITHOUT_OFFSETS) {
            Codecs.expectVersion(version, VERSION, "pane");
        }
        int revision = (int) VarInt.read(in);
        long toldHash = in.readLong();
        long[] offsets = version == WITHOUT_OFFSETS ? OffsetRanges.NONE : OffsetRanges.read(in);
        int late = version == WITHOUT_OFFSETS ? 0 : (int) VarInt.read(in);
        byte[] cells = new byte[(int) VarInt.read(in)];
        in.readFully(cells);
        return Pane.ofPacked(cells, revision, toldHash).readFrom(offsets, late);
    }

    @Override
    public Pane copy(Pane pane) {
        return pane.copy();
    }
}
