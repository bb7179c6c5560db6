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
    private static final int VERSION = 4;
    /** Knew nothing of neighbours. */
    private static final int WITHOUT_NEIGHBOURS = 3;

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
        VarInt.write(out, record.recent().size());
        for (Recent recent : record.recent()) {
            out.writeUTF(recent.channel());
            write(recent.values(), out);
            write(recent.apart(), out);
        }
        write(record.history(), out);
        write(record.arrivals(), out);
        out.writeLong(record.boots().current());
        out.writeLong(record.boots().previous());
        out.writeLong(record.boots().currentSinceMillis());
        write(record.neighbourhood(), out);
    }

    private static void write(Neighbourhood neighbourhood, DataOutput out) throws IOException {
        out.writeByte(neighbourhood.departures().size());
        for (Departure departure : neighbourhood.departures()) {
            out.writeUTF(departure.measure());
            out.writeDouble(departure.usual());
            out.writeDouble(departure.scatter());
            out.writeDouble(departure.lately());
            VarInt.write(out, departure.hours());
            out.writeBoolean(departure.drifts());
            out.writeLong(departure.sinceMillis());
        }
        out.writeInt(neighbourhood.disagreeing());
        out.writeByte(neighbourhood.compared());
    }

    private static void write(List<Double> values, DataOutput out) throws IOException {
        out.writeByte(values.size());
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static void write(History history, DataOutput out) throws IOException {
        out.writeByte(history.messages());
        out.writeByte(history.marks().size());
        for (History.Mark mark : history.marks()) {
            out.writeByte(mark.symptom().ordinal());
            out.writeLong(mark.bits());
            out.writeLong(mark.sinceMillis());
            out.writeUTF(mark.detail());
        }
    }

    private static void write(Arrivals arrivals, DataOutput out) throws IOException {
        out.writeLong(arrivals.lastMillis());
        out.writeByte(arrivals.gapsMillis().size());
        for (long gap : arrivals.gapsMillis()) {
            VarInt.writeSigned(out, gap);
        }
        out.writeByte(arrivals.lags().size());
        for (Arrivals.Lag lag : arrivals.lags()) {
            VarInt.writeSigned(out, lag.minute());
            VarInt.writeSigned(out, lag.leastMillis());
        }
    }

    @Override
    public SensorWatch read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != WITHOUT_NEIGHBOURS) {
            Codecs.expectVersion(version, VERSION, "sensor");
        }
        SensorRecord record = readRecord(in, version);
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

    private static SensorRecord readRecord(DataInput in, int version) throws IOException {
        long newest = in.readLong();
        int size = (int) VarInt.read(in);
        List<Run> runs = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            runs.add(new Run(in.readUTF(), in.readDouble(), (int) VarInt.read(in), in.readLong(), in.readLong()));
        }
        int channels = (int) VarInt.read(in);
        List<Recent> recent = new ArrayList<>(channels);
        for (int i = 0; i < channels; i++) {
            recent.add(new Recent(in.readUTF(), readValues(in), readValues(in)));
        }
        return new SensorRecord(
                newest,
                runs,
                recent,
                readHistory(in),
                readArrivals(in),
                new Boots(in.readLong(), in.readLong(), in.readLong()),
                version == WITHOUT_NEIGHBOURS ? Neighbourhood.NONE : readNeighbourhood(in));
    }

    private static Neighbourhood readNeighbourhood(DataInput in) throws IOException {
        int size = in.readByte();
        List<Departure> departures = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            departures.add(new Departure(
                    in.readUTF(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    (int) VarInt.read(in),
                    in.readBoolean(),
                    in.readLong()));
        }
        return new Neighbourhood(departures, in.readInt(), in.readByte());
    }

    private static List<Double> readValues(DataInput in) throws IOException {
        int size = in.readByte();
        List<Double> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(in.readDouble());
        }
        return values;
    }

    private static History readHistory(DataInput in) throws IOException {
        int messages = in.readByte();
        int size = in.readByte();
        List<History.Mark> marks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            marks.add(new History.Mark(Symptom.values()[in.readByte()], in.readLong(), in.readLong(), in.readUTF()));
        }
        return new History(messages, marks);
    }

    private static Arrivals readArrivals(DataInput in) throws IOException {
        long last = in.readLong();
        int size = in.readByte();
        List<Long> gaps = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            gaps.add(VarInt.readSigned(in));
        }
        int minutes = in.readByte();
        List<Arrivals.Lag> lags = new ArrayList<>(minutes);
        for (int i = 0; i < minutes; i++) {
            lags.add(new Arrivals.Lag(VarInt.readSigned(in), VarInt.readSigned(in)));
        }
        return new Arrivals(last, gaps, lags);
    }

    private static @Nullable String emptyIsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public SensorWatch copy(SensorWatch watch) {
        return watch;
    }
}
