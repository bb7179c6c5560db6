package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.threshold.Windows;

/** {@link TrafficState} in bytes. */
public final class TrafficStateCodec implements Codec<TrafficState> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 4;

    @Override
    public void write(TrafficState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        state.freeFlow().write(out);
        state.effectiveLength().write(out);
        state.typical().write(out);
        state.repeats().write(out);
        state.matched().write(out);
        state.windows().write(out);
        state.episodes().write(out);
    }

    @Override
    public TrafficState read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "traffic");
        return new TrafficState(
                FreeFlow.read(in),
                EffectiveLength.read(in),
                TypicalWeek.read(in),
                Repeats.read(in),
                MatchedVehicles.read(in),
                Windows.read(in),
                Episodes.read(in));
    }

    @Override
    public TrafficState copy(TrafficState state) {
        return state;
    }
}
