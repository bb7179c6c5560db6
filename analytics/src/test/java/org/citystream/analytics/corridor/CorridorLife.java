package org.citystream.analytics.corridor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citystream.analytics.pane.InMemoryKey;
import org.citystream.analytics.pane.PaneKernel;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.ExcludedSensor;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;

/**
 * A corridor of segments {@code s0, s1, ...} every 500 m in driving direction, free flow 100 km/h, under the kernel without
 * an engine: minutes of its segments arrive, the clock moves, the world is told.
 */
final class CorridorLife {
    static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    static final String CORRIDOR = "ring";
    static final double SPACING_M = 500;

    /** A segment's minute without a speed: nothing passed. */
    static final double NOTHING_PASSED = 0;
    /** A segment's minute that is missing. */
    static final double SILENT = -1;

    /** A segment whose detector is trusted less than wholly. */
    private static final int LESS_TRUSTED = 4;
    /** A segment that has a second detector, which is stuck. */
    private static final int PARTLY_LEFT_OUT = 5;

    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final CorridorFold fold = new CorridorFold(sensors, rules);
    private final PaneKernel<CorridorState, CorridorSummary> kernel =
            new PaneKernel<>(fold, PaneTiming.TRAFFIC.ofGroups());
    private final InMemoryKey<CorridorState> memory = new InMemoryKey<>(fold.codec());
    private final List<CityEvent> events = new ArrayList<>();
    private final TreeMap<Instant, CorridorSummary> summaries = new TreeMap<>();
    private long clock = EIGHT.toEpochMilli();
    private double[] usuallyKmh = {};

    /** @param ruleIds of the default rules, those that hold */
    CorridorLife(int segments, String... ruleIds) {
        for (Rule rule : RuleCodec.defaultRules()) {
            if (List.of(ruleIds).contains(rule.id())) {
                rules.apply(rule);
            }
        }
        for (int i = 0; i < segments; i++) {
            sensors.apply(sensor(i, false, 1, Instant.EPOCH));
        }
    }

    /** A rule that holds beside them, as people write it. */
    CorridorLife with(String rule) throws InvalidRuleException {
        return with(rule, 1, Instant.EPOCH);
    }

    CorridorLife with(String rule, int version, Instant from) throws InvalidRuleException {
        rules.apply(RuleCodec.readDocument(rule).get(0).withVersion(version, from));
        return this;
    }

    /** A segment's only sensor leaves the registry. */
    void retires(int segment, Instant from) {
        sensors.apply(sensor(segment, true, 2, from));
    }

    /** The detector of a segment. */
    static Sensor sensor(int index, boolean retired, int version, Instant effectiveFrom) {
        return new Sensor(
                "loop-" + index,
                SensorKind.TRAFFIC,
                "testville",
                null,
                new GeoPoint(56.15, 10.2 + index * 0.01),
                "s" + index,
                2,
                CORRIDOR,
                index * SPACING_M,
                SPACING_M,
                Facility.FREEWAY,
                Measurement.POINT,
                100.0,
                null,
                null,
                60,
                null,
                "UTC",
                null,
                retired,
                null,
                Map.of(CorridorFold.CORRIDOR_NAME, "Ring road"),
                version,
                effectiveFrom);
    }

    static Instant minute(int minute) {
        return EIGHT.plusSeconds(60L * minute);
    }

    /** What is typical at this hour, by segment. */
    void usually(double... speedsKmh) {
        usuallyKmh = speedsKmh;
    }

    /** The same speeds on every segment, for some minutes. */
    void minutes(int from, int count, double... speeds) {
        for (int i = 0; i < count; i++) {
            minute(from + i, speeds);
        }
    }

    /** One minute of every segment, told when it closes: the corridor's clock is a watermark behind then. */
    void minute(int minute, double... speeds) {
        clock = minute(minute + 1).plusSeconds(60).toEpochMilli() - 1;
        for (int i = 0; i < speeds.length; i++) {
            if (speeds[i] != SILENT) {
                told(i, minute, 1, speeds[i]);
            }
        }
        clock++;
        wake();
    }

    /** One minute of every segment, with flows and occupancies. */
    void minute(int minute, Traffic... traffic) {
        clock = minute(minute + 1).plusSeconds(60).toEpochMilli() - 1;
        for (int i = 0; i < traffic.length; i++) {
            told(i, minute, 1, traffic[i]);
        }
        clock++;
        wake();
    }

    /** One revision of a segment's minute. */
    void told(int segment, int minute, int revision, double speedKmh) {
        told(
                segment,
                minute,
                revision,
                speedKmh == NOTHING_PASSED ? new Traffic(Double.NaN, 0, 0.9) : new Traffic(speedKmh, 1800, 0.1));
    }

    private void told(int segment, int minute, int revision, Traffic traffic) {
        kernel.revise(memory, SegmentPart.observation(CORRIDOR, summary(segment, minute, revision, traffic)), clock);
    }

    /** A segment's minute; NaN: no speed. */
    record Traffic(double speedKmh, double flowPerHour, double occupancy) {}

    void clock(Instant now) {
        clock = now.toEpochMilli();
        wake();
    }

    /** Moves the clock in steps, so that timers go off when they are due. */
    void clockSteadilyTo(Instant until) {
        for (long at = clock;
                at <= until.toEpochMilli();
                at += Duration.ofSeconds(10).toMillis()) {
            clock(Instant.ofEpochMilli(at));
        }
        clock(until);
    }

    private TrafficSummary summary(int segment, int minute, int revision, Traffic traffic) {
        @Nullable Double speed = Double.isNaN(traffic.speedKmh()) ? null : Double.valueOf(traffic.speedKmh());
        return new TrafficSummary(
                "s" + segment,
                CORRIDOR,
                "testville",
                minute(minute),
                minute(minute + 1),
                revision,
                true,
                2,
                traffic.flowPerHour(),
                speed,
                traffic.occupancy(),
                null,
                100.0,
                "configured",
                speed == null ? null : Double.valueOf(Math.min(1, speed / 100)),
                null,
                null,
                null,
                null,
                segment < usuallyKmh.length ? Double.valueOf(usuallyKmh[segment]) : null,
                null,
                1,
                segment == LESS_TRUSTED ? 0.8 : 1.0,
                List.of("loop-" + segment),
                segment == PARTLY_LEFT_OUT ? List.of(new ExcludedSensor("loop-5b", null, "stuck")) : null);
    }

    private void wake() {
        while (memory.timer() <= clock) {
            memory.timerFired();
            kernel.wake(memory, CORRIDOR, clock, Long.MIN_VALUE, new PaneOutput<>() {
                @Override
                public void summary(CorridorSummary summary) {
                    summaries.put(summary.windowStart(), summary);
                }

                @Override
                public void event(CityEvent event) {
                    events.add(event);
                }
            });
        }
    }

    /** The latest word on a minute of the corridor. */
    CorridorSummary summary(int minute) {
        return Objects.requireNonNull(summaries.get(minute(minute)), "nothing was told of minute " + minute);
    }

    List<CityEvent> events() {
        return events;
    }

    CityEvent last() {
        return events.get(events.size() - 1);
    }

    /** The last state of every episode that people still see: id, from, to, extent. */
    Map<String, String> episodes() {
        Map<String, CityEvent> last = new LinkedHashMap<>();
        for (CityEvent event : events) {
            switch (event.transition()) {
                case WITHDRAWN -> last.remove(event.episodeId());
                case STALE -> {}
                default -> last.put(event.episodeId(), event);
            }
        }
        Map<String, String> told = new TreeMap<>();
        last.forEach((id, event) -> told.put(
                id, event.startedAt() + " " + event.endedAt() + " " + event.severity() + " " + event.evidence()));
        return told;
    }

    List<Transition> transitions() {
        return events.stream().map(CityEvent::transition).toList();
    }
}
