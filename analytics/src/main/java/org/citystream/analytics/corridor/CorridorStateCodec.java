package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;

/** {@link CorridorState} in bytes. */
public final class CorridorStateCodec implements Codec<CorridorState> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public void write(CorridorState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        VarInt.write(out, state.congestion().size());
        for (Map.Entry<String, Queues> entry : state.congestion().entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }

    @Override
    public CorridorState read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "corridor");
        TreeMap<String, Queues> congestion = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            congestion.put(in.readUTF(), Queues.read(in));
        }
        return new CorridorState(congestion);
    }

    /** No fold changes a state it was given. */
    @Override
    public CorridorState copy(CorridorState state) {
        return state;
    }
}
