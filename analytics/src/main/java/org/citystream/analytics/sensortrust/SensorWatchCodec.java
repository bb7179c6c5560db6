package org.citystream.analytics.sensortrust;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.analytics.sensortrust.SensorRecord.Run;
import org.citystream.analytics.sensortrust.SensorWatch.Told;
import org.citystream.analytics.sensortrust.SensorWatch.Trouble;
import org.jspecify.annotations.Nullable;

/** {@link SensorWatch} in bytes. */
public final class SensorWatchCodec implements Codec<SensorWatch> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 2;

    @Override
    public void write(SensorWatch watch, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        write(watch.record(), out);
        String cityId = watch.cityId();
        out.writeUTF(cityId == null ? "" : cityId);
        Told told = watch.told();
        out.writeBoolean(told != null);
        if (told != null) {
            out.writeByte(told.state().ordinal());
            out.writeDouble(told.trust());
            out.writeLong(told.since());
        }
        VarInt.write(out, watch.troubles().size());
        for (Trouble trouble : watch.troubles()) {
            out.writeUTF(trouble.ruleId());
            VarInt.write(out, trouble.version());
            out.writeLong(trouble.conditionKey());
            out.writeLong(trouble.metAtClock());
            out.writeLong(trouble.startedAt());
            Codecs.writeEvent(out, trouble.event());
        }
        out.writeLong(watch.wakeAt());
    }

    private static void write(SensorRecord record, DataOutput out) throws IOException {
        out.writeLong(record.newestMillis());
        VarInt.write(out, record.runs().size());
        for (Run run : record.runs()) {
            out.writeUTF(run.channel());
            out.writeDouble(run.value());
            VarInt.write(out, run.readings());
            out.writeLong(run.sinceMillis());
            out.writeLong(run.untilMillis());
        }
        out.writeShort(record.implausible());
        out.writeByte(record.readings());
        out.writeUTF(record.implausibleValue());
    }

    @Override
    public SensorWatch read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "sensor");
        SensorRecord record = readRecord(in);
        String cityId = in.readUTF();
        Told told = in.readBoolean() ? readTold(in) : null;
        int size = (int) VarInt.read(in);
        List<Trouble> troubles = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            troubles.add(new Trouble(
                    in.readUTF(),
                    (int) VarInt.read(in),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    Codecs.readEvent(in)));
        }
        return new SensorWatch(record, emptyIsNull(cityId), told, troubles, in.readLong());
    }

    private static Told readTold(DataInput in) throws IOException {
        return new Told(HealthState.values()[in.readByte()], in.readDouble(), in.readLong());
    }

    private static SensorRecord readRecord(DataInput in) throws IOException {
        long newest = in.readLong();
        int size = (int) VarInt.read(in);
        List<Run> runs = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            runs.add(new Run(in.readUTF(), in.readDouble(), (int) VarInt.read(in), in.readLong(), in.readLong()));
        }
        return new SensorRecord(newest, runs, in.readUnsignedShort(), in.readByte(), in.readUTF());
    }

    private static @Nullable String emptyIsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public SensorWatch copy(SensorWatch watch) {
        return watch;
    }
}
