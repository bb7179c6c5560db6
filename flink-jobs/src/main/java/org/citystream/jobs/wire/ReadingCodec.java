package org.citystream.jobs.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.jobs.codec.CodecType;
import org.jspecify.annotations.Nullable;

/** Readings and ticks on their way between tasks. */
public final class ReadingCodec extends TypeInfoFactory<Reading> implements Codec<Reading> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public TypeInformation<Reading> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return new CodecType<>(Reading.class, this);
    }

    @Override
    public void write(Reading value, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Codecs.writeText(out, value.sensorId());
        writeIfAny(out, value.cityId());
        out.writeLong(value.observedAt());
        VarInt.write(out, value.periodSeconds());
        writeIfAny(out, value.bootId());
        out.writeLong(value.sequence());
        VarInt.write(out, value.laneId());
        VarInt.write(out, value.values().length);
        for (double measured : value.values()) {
            out.writeDouble(measured);
        }
        out.writeLong(value.clockAt());
        out.writeLong(value.receivedAt());
        out.writeLong(value.since());
        Codecs.writeBytes(out, value.json());
        VarInt.writeSigned(out, value.partition());
        VarInt.write(out, value.offset());
    }

    @Override
    public Reading read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "reading");
        return new Reading(
                Codecs.readText(in),
                readIfAny(in),
                in.readLong(),
                (int) VarInt.read(in),
                readIfAny(in),
                in.readLong(),
                (int) VarInt.read(in),
                readValues(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Codecs.readBytes(in),
                (int) VarInt.readSigned(in),
                VarInt.read(in));
    }

    private static void writeIfAny(DataOutput out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            Codecs.writeText(out, text);
        }
    }

    private static @Nullable String readIfAny(DataInput in) throws IOException {
        return in.readBoolean() ? Codecs.readText(in) : null;
    }

    private static double[] readValues(DataInput in) throws IOException {
        double[] values = new double[(int) VarInt.read(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    /** Nobody changes a reading's arrays. */
    @Override
    public Reading copy(Reading value) {
        return value;
    }
}
