package org.citystream.backtest;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.citystream.backtest.run.Input;
import org.citystream.backtest.run.RecordedInput;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.recordings.Recording;
import org.citystream.scoring.Progress;
import org.jspecify.annotations.Nullable;

/** A recording in a folder. */
final class RecordedPast implements Past {
    private final Recording recording;
    private final Instant from;
    private final Instant to;
    private final Duration warmUp;
    private final PrintWriter err;
    private Progress progress;

    private RecordedPast(Recording recording, Instant from, Instant to, Duration warmUp, PrintWriter err) {
        this.recording = recording;
        this.from = from;
        this.to = to;
        this.warmUp = warmUp;
        this.err = err;
        this.progress = new Progress(err, recording.count());
    }

    static Past open(
            Path directory,
            @Nullable String file,
            @Nullable Instant from,
            @Nullable Instant to,
            Duration warmUp,
            PrintWriter err) {
        Instant first = from == null ? null : from.minus(warmUp);
        Recording recording = Recording.open(directory, file, "recording", first, to);
        return new RecordedPast(
                recording, from == null ? recording.first() : from, to == null ? recording.last() : to, warmUp, err);
    }

    @Override
    public List<Sensor> sensors() {
        return recording.sensors();
    }

    @Override
    public Set<SensorKind> kinds() {
        Set<SensorKind> kinds = EnumSet.noneOf(SensorKind.class);
        for (SensorKind kind : SensorKind.values()) {
            if (recording.has(kind)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    @Override
    public Instant from() {
        return from;
    }

    @Override
    public Instant to() {
        return to;
    }

    @Override
    public Instant warmUntil() {
        return recording.first().plus(warmUp);
    }

    @Override
    public long count(SensorKind kind) {
        return recording.count();
    }

    @Override
    public String description() {
        return recording.name() + " (" + recording.fileNames() + ")";
    }

    @Override
    public void expect(long records) {
        progress = new Progress(err, records);
    }

    @Override
    public Input input(SensorKind kind) {
        return new RecordedInput(recording, progress);
    }
}
