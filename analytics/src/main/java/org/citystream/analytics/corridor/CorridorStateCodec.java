package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.analytics.traffic.LearnedPercentile;

/** {@link CorridorState} in bytes. */
public final class CorridorStateCodec implements Codec<CorridorState> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 3;

    @Override
    public void write(CorridorState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        write(state.congestion(), Queues::write, out);
        write(state.incidents(), Incidents::write, out);
        write(state.flows(), RecentMinutes::write, out);
        write(state.occupancies(), RecentMinutes::write, out);
        write(state.sites(), Site::write, out);
        state.travelTimes().write(out);
    }

    @Override
    public CorridorState read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "corridor");
        return new CorridorState(
                read(Queues::read, in),
                read(Incidents::read, in),
                read(RecentMinutes::read, in),
                read(RecentMinutes::read, in),
                read(Site::read, in),
                LearnedPercentile.read(in));
    }

    private interface Writer<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    private static <T> void write(TreeMap<String, T> values, Writer<T> writer, DataOutput out) throws IOException {
        VarInt.write(out, values.size());
        for (Map.Entry<String, T> entry : values.entrySet()) {
            out.writeUTF(entry.getKey());
            writer.write(entry.getValue(), out);
        }
    }

    private static <T> TreeMap<String, T> read(Reader<T> reader, DataInput in) throws IOException {
        TreeMap<String, T> values = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            values.put(in.readUTF(), reader.read(in));
        }
        return values;
    }

    /** No fold changes a state it was given. */
    @Override
    public CorridorState copy(CorridorState state) {
        return state;
    }
}
