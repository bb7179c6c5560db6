package org.citystream.analytics.airquality;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.KeyMemory;
import org.citystream.analytics.pane.KeyState;
import org.citystream.analytics.pane.KeyStateCodec;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneCodec;
import org.citystream.analytics.pane.PaneKernel;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.AirQualitySummary;
import org.jspecify.annotations.Nullable;

/**
 * One station under the kernel. The clock follows what the test says. Memory is kept in bytes as a job keeps it, or, for
 * long replays, as objects.
 */
final class StationLife {
    private static final PaneTiming NO_PREVIEW =
            PaneTiming.standard(AirFold.PANE, PaneTiming.AIR.horizon(), PaneTiming.AIR.longestPeriod());

    private final String stationId;
    private final PaneKernel<AirState, AirHour> kernel;
    private final Memory memory;
    private final Map<Instant, AirQualitySummary> summaries = new TreeMap<>();
    private final List<AirQualitySummary> told = new ArrayList<>();
    private final List<CityEvent> events = new ArrayList<>();
    private final List<Intake> intakes = new ArrayList<>();
    private long clock = Long.MIN_VALUE;

    StationLife(String stationId, List<Sensor> registry, List<Rule> rules) {
        this(stationId, registry, rules, PaneTiming.AIR, true);
    }

    /** For long replays: no previews of running hours, memory as objects. */
    static StationLife quick(String stationId, List<Rule> rules) {
        return new StationLife(stationId, List.of(), rules, NO_PREVIEW, false);
    }

    private StationLife(String stationId, List<Sensor> registry, List<Rule> rules, PaneTiming timing, boolean inBytes) {
        this.stationId = stationId;
        this.memory = new Memory(inBytes);
        SensorLog sensors = new SensorLog();
        registry.forEach(sensors::apply);
        RuleBook book = new RuleBook();
        rules.forEach(book::apply);
        this.kernel = new PaneKernel<>(new AirFold(sensors, book), timing);
    }

    /** A reading arrives at a clock time. */
    StationLife reading(String sensorId, Instant observedAt, Duration period, double[] values, Instant arrivesAt) {
        clockAt(arrivesAt);
        intakes.add(kernel.add(
                memory,
                AirObservations.of(stationId, sensorId, observedAt.toEpochMilli(), period.toMillis(), null, 0, values),
                clock));
        return this;
    }

    /** Lets the clock run, through every timer on the way. */
    StationLife clockAt(Instant now) {
        while (memory.timer <= now.toEpochMilli()) {
            clock = Math.max(clock, memory.timer);
            memory.timer = Long.MAX_VALUE;
            kernel.wake(memory, stationId, clock, 0, new Recorder());
        }
        clock = Math.max(clock, now.toEpochMilli());
        return this;
    }

    /** The latest final summary of each hour. */
    Map<Instant, AirQualitySummary> summaries() {
        return summaries;
    }

    /** Every summary in the order told. */
    List<AirQualitySummary> told() {
        return told;
    }

    List<CityEvent> events() {
        return events;
    }

    List<Intake> intakes() {
        return intakes;
    }

    /** The last event of every episode, in the order of their first. */
    List<CityEvent> episodes() {
        Map<String, CityEvent> last = new LinkedHashMap<>();
        events.forEach(event -> last.put(event.episodeId(), event));
        return List.copyOf(last.values());
    }

    static double[] values(Object... fieldsAndValues) {
        double[] values = new double[AirObservations.FIELDS.size()];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            values[AirObservations.FIELDS.indexOf((String) fieldsAndValues[i])] =
                    ((Number) fieldsAndValues[i + 1]).doubleValue();
        }
        return values;
    }

    private final class Recorder implements PaneOutput<AirHour> {
        @Override
        public void summary(AirHour hour) {
            AirQualitySummary summary = hour.summary();
            told.add(summary);
            if (summary.isFinal()) {
                summaries.put(summary.windowStart(), summary);
            }
        }

        @Override
        public void event(CityEvent event) {
            events.add(event);
        }
    }

    private static final class Memory implements KeyMemory<AirState> {
        private final PaneCodec paneCodec = new PaneCodec();
        private final KeyStateCodec<AirState> stateCodec = new KeyStateCodec<>(new AirStateCodec());
        private final boolean inBytes;
        private final TreeMap<Long, Pane> panes = new TreeMap<>();
        private @Nullable KeyState<AirState> state;
        private long timer = Long.MAX_VALUE;

        Memory(boolean inBytes) {
            this.inBytes = inBytes;
        }

        @Override
        public @Nullable Pane pane(long start) {
            Pane pane = panes.get(start);
            return pane == null ? null : stored(pane);
        }

        @Override
        public void putPane(long start, Pane pane) {
            panes.put(start, stored(pane));
        }

        @Override
        public void removePane(long start) {
            panes.remove(start);
        }

        @Override
        public SortedMap<Long, Pane> panes(long from, long to) {
            TreeMap<Long, Pane> found = new TreeMap<>();
            panes.subMap(from, to).forEach((start, pane) -> found.put(start, stored(pane)));
            return found;
        }

        @Override
        public @Nullable KeyState<AirState> state() {
            return state;
        }

        @Override
        public void state(@Nullable KeyState<AirState> newState) {
            state = newState == null || !inBytes
                    ? newState
                    : read(written(out -> stateCodec.write(newState, out)), stateCodec::read);
        }

        @Override
        public void moveTimer(long fromClock, long toClock) {
            timer = toClock;
        }

        private Pane stored(Pane pane) {
            return inBytes ? read(written(out -> paneCodec.write(pane, out)), paneCodec::read) : pane;
        }

        private interface Writing {
            void to(DataOutputStream out) throws IOException;
        }

        private interface Reading<T> {
            T from(DataInputStream in) throws IOException;
        }

        private static byte[] written(Writing writing) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                writing.to(new DataOutputStream(bytes));
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static <T> T read(byte[] bytes, Reading<T> reading) {
            try {
                return reading.from(new DataInputStream(new ByteArrayInputStream(bytes)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
