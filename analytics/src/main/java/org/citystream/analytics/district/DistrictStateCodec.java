package org.citystream.analytics.district;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;

/** {@link DistrictState} in bytes. */
public final class DistrictStateCodec implements Codec<DistrictState> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public void write(DistrictState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        VarInt.write(out, state.areas().size());
        for (Map.Entry<String, Areas> entry : state.areas().entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }

    @Override
    public DistrictState read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "district");
        TreeMap<String, Areas> areas = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            areas.put(in.readUTF(), Areas.read(in));
        }
        return new DistrictState(areas);
    }

    /** No fold changes a state it was given. */
    @Override
    public DistrictState copy(DistrictState state) {
        return state;
    }
}
