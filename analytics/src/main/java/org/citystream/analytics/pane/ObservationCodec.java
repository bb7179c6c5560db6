package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Observations on their way between tasks: about 100 bytes. */
public final class ObservationCodec implements Codec<Observation> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public void write(Observation value, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Codecs.writeText(out, value.subjectId());
        Codecs.writeText(out, value.sensorId());
        VarInt.write(out, value.laneId());
        out.writeLong(value.observedAt());
        VarInt.write(out, value.periodMillis());
        out.writeLong(value.boot());
        out.writeLong(value.number());
        VarInt.writeSigned(out, value.support());
        VarInt.write(out, value.totals().length);
        for (long total : value.totals()) {
            out.writeLong(total);
        }
        OffsetRanges.write(value.offsets(), out);
    }

    @Override
    public Observation read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "observation");
        return new Observation(
                Codecs.readText(in),
                Codecs.readText(in),
                (int) VarInt.read(in),
                in.readLong(),
                VarInt.read(in),
                in.readLong(),
                in.readLong(),
                VarInt.readSigned(in),
                readTotals(in),
                OffsetRanges.read(in));
    }

    private static long[] readTotals(DataInput in) throws IOException {
        long[] totals = new long[(int) VarInt.read(in)];
        for (int i = 0; i < totals.length; i++) {
            totals[i] = in.readLong();
        }
        return totals;
    }

    /** Nobody changes an observation's arrays. */
    @Override
    public Observation copy(Observation value) {
        return value;
    }
}
