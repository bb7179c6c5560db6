package org.citystream.analytics.airquality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.airquality.RecentHours.Hour;
import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.analytics.threshold.Windows;

/** {@link AirState} in bytes. */
public final class AirStateCodec implements Codec<AirState> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 4;

    @Override
    public void write(AirState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        VarInt.write(out, state.hours().hours().size());
        for (Hour hour : state.hours().hours()) {
            out.writeLong(hour.start());
            VarInt.write(out, hour.means().length);
            for (long mean : hour.means()) {
                VarInt.writeSigned(out, mean);
            }
            out.writeByte(hour.lowerBounds());
        }
        state.repeats().write(out);
        state.windows().write(out);
        state.episodes().write(out);
    }

    @Override
    public AirState read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "air");
        int size = (int) VarInt.read(in);
        List<Hour> hours = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long start = in.readLong();
            long[] means = new long[(int) VarInt.read(in)];
            for (int j = 0; j < means.length; j++) {
                means[j] = VarInt.readSigned(in);
            }
            hours.add(new Hour(start, means, in.readByte()));
        }
        return new AirState(new RecentHours(hours), AirRepeats.read(in), Windows.read(in), Episodes.read(in));
    }

    @Override
    public AirState copy(AirState state) {
        return state;
    }
}
