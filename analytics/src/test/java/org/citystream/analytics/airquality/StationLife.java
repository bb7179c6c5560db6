package org.citystream.analytics.airquality;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.correction.Pm25Correction;
import org.citystream.analytics.pane.HeapMemory;
import org.citystream.analytics.pane.InMemoryKey;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.PaneKernel;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.AirQualitySummary;

/**
 * One station under the kernel. The clock follows what the test says. Memory is kept in bytes as a job keeps it, or, for
 * long replays, as objects.
 */
final class StationLife {
    private static final PaneTiming NO_PREVIEW =
            PaneTiming.standard(AirFold.PANE, PaneTiming.AIR.horizon(), PaneTiming.AIR.longestPeriod());

    private final String stationId;
    private final SensorLog sensors = new SensorLog();
    private final PaneKernel<AirState, AirHour> kernel;
    private final HeapMemory<AirState> memory;
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
        this.memory = inBytes ? new InMemoryKey<>(new AirStateCodec()) : new HeapMemory<>();
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
                AirObservations.of(
                        stationId,
                        sensorId,
                        observedAt.toEpochMilli(),
                        period.toMillis(),
                        null,
                        0,
                        values,
                        Pm25Correction.of(sensors.observer(sensorId, observedAt.toEpochMilli()))),
                clock));
        return this;
    }

    /** Lets the clock run, through every timer on the way. */
    StationLife clockAt(Instant now) {
        while (memory.timer() <= now.toEpochMilli()) {
            clock = Math.max(clock, memory.timer());
            memory.timerFired();
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
}
