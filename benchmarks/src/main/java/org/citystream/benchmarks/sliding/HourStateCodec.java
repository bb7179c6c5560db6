package org.citystream.benchmarks.sliding;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.VarInt;

/** {@link HourState} in bytes. */
final class HourStateCodec implements Codec<HourState> {
    private static final long serialVersionUID = 1;

    @Override
    public void write(HourState state, DataOutput out) throws IOException {
        for (int i = 0; i < HourState.MINUTES; i++) {
            VarInt.write(out, state.readings()[i]);
            VarInt.write(out, state.vehicles()[i]);
        }
        out.writeLong(state.upTo());
    }

    @Override
    public HourState read(DataInput in) throws IOException {
        int[] readings = new int[HourState.MINUTES];
        long[] vehicles = new long[HourState.MINUTES];
        long allReadings = 0;
        long allVehicles = 0;
        for (int i = 0; i < HourState.MINUTES; i++) {
            readings[i] = (int) VarInt.read(in);
            vehicles[i] = VarInt.read(in);
            allReadings += readings[i];
            allVehicles += vehicles[i];
        }
        return new HourState(readings, vehicles, in.readLong(), allReadings, allVehicles);
    }

    @Override
    public HourState copy(HourState state) {
        return state;
    }
}
