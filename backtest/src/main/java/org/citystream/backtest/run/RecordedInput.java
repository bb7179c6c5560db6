package org.citystream.backtest.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.SensorKind;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;
import org.citystream.scoring.Progress;

/**
 * A recording as it would arrive: each reading a second after its period, a tick whenever a minute is full, and at the end
 * as much more clock as it takes to decide about all that was observed.
 */
public final class RecordedInput implements Input {
    private static final long DELAY_MILLIS = 1000;
    private static final long TICK_MILLIS = 60_000;
    /** Longer than panes wait for late readings, and corrections for more of them. */
    private static final Duration RUN_ON = Duration.ofMinutes(2);

    private final Recording recording;
    private final Progress progress;

    /** @param progress told of every reading, of whatever kind */
    public RecordedInput(Recording recording, Progress progress) {
        this.recording = recording;
        this.progress = progress;
    }

    @Override
    public DataStream<Reading> open(StreamExecutionEnvironment env, SensorKind kind) {
        return new Tape(() -> new Arrival(kind)).open(env, kind);
    }

    private final class Arrival implements Iterator<Reading> {
        private final SensorKind kind;
        private final long paneMillis;
        private final Iterator<RecordedReading> readings = recording.readings();
        private final Queue<Reading> next = new ArrayDeque<>();
        private final long since = recording.first().toEpochMilli();
        private long clock = Long.MIN_VALUE;
        private boolean ended;

        Arrival(SensorKind kind) {
            this.kind = kind;
            this.paneMillis = (kind == SensorKind.AIR ? Duration.ofHours(1) : Duration.ofMinutes(1)).toMillis();
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && !ended) {
                advance();
            }
            return !next.isEmpty();
        }

        @Override
        public Reading next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return next.remove();
        }

        private void advance() {
            if (!readings.hasNext()) {
                ended = true;
                end();
                return;
            }
            RecordedReading reading = readings.next();
            progress.read();
            Reading arriving = Readings.of(reading, kind);
            if (arriving == null) {
                return;
            }
            long arrival = Math.max(clock, arriving.observedAt() + DELAY_MILLIS);
            if (Math.floorDiv(arrival, TICK_MILLIS) != Math.floorDiv(clock, TICK_MILLIS)) {
                next.add(Reading.tick(Math.max(clock, Math.floorDiv(arrival, TICK_MILLIS) * TICK_MILLIS), since));
            }
            clock = arrival;
            next.add(arriving.at(clock));
        }

        /** The clock passes the end of the pane that holds the last moment. */
        private void end() {
            if (clock != Long.MIN_VALUE) {
                long lastPaneEnd = Math.floorDiv(clock - DELAY_MILLIS - 1, paneMillis) * paneMillis + paneMillis;
                next.add(Reading.tick(Math.max(clock, lastPaneEnd) + RUN_ON.toMillis(), since));
            }
        }
    }

    /** When the last reading was observed. */
    public Instant last() {
        return recording.last();
    }
}
