package org.citystream.analytics.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.InMemoryKey;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneKernel;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;

/** Road segments under the kernel, without an engine: readings arrive, the clock moves, the world is told. */
public final class TrafficCity {
    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final TrafficFold fold = new TrafficFold(sensors, rules);
    private final PaneKernel<TrafficState, TrafficSummary> kernel = new PaneKernel<>(fold, PaneTiming.TRAFFIC);
    private final TreeMap<String, InMemoryKey<TrafficState>> segments = new TreeMap<>();
    private final Map<Intake, Integer> intake = new EnumMap<>(Intake.class);
    private final TreeMap<String, TrafficSummary> summaries = new TreeMap<>();
    private final List<CityEvent> events = new ArrayList<>();
    private boolean inBytes = true;
    private int summariesTold;
    private long clock = Long.MIN_VALUE;
    private long since = Long.MIN_VALUE;

    /** A city with the rules that ship with the product. */
    public static TrafficCity withDefaultRules() {
        TrafficCity city = new TrafficCity();
        RuleCodec.defaultRules().forEach(city.rules::apply);
        return city;
    }

    /** Keeps state as objects, for many readings. */
    public TrafficCity onHeap() {
        inBytes = false;
        return this;
    }

    public TrafficCity with(Sensor sensor) {
        sensors.apply(sensor);
        return this;
    }

    public TrafficCity with(Rule rule) {
        rules.apply(rule);
        return this;
    }

    /** Intake has been interrupted, and goes on from now. */
    public void resumesAt(Instant newSince) {
        since = newSince.toEpochMilli();
    }

    public Intake receives(Observation reading) {
        Intake what = kernel.add(segment(reading.subjectId()), reading, clock);
        intake.merge(what, 1, Integer::sum);
        return what;
    }

    public void receives(List<Observation> readings) {
        readings.forEach(this::receives);
    }

    private InMemoryKey<TrafficState> segment(String id) {
        return segments.computeIfAbsent(id, key -> new InMemoryKey<>(fold.codec(), inBytes));
    }

    /** Moves the clock, and lets all timers go off that it passes. */
    public void clock(Instant now) {
        clock = now.toEpochMilli();
        segments.forEach(this::wake);
    }

    /** Moves the clock second by second, as it would in real time. */
    public void clockSteadilyTo(Instant until, Duration step) {
        for (long at = clock + step.toMillis(); at <= until.toEpochMilli(); at += step.toMillis()) {
            clock(Instant.ofEpochMilli(at));
        }
    }

    private void wake(String segmentId, InMemoryKey<TrafficState> memory) {
        while (memory.timer() <= clock) {
            memory.timerFired();
            kernel.wake(memory, segmentId, clock, since, new PaneOutput<>() {
                @Override
                public void summary(TrafficSummary summary) {
                    summariesTold++;
                    TrafficSummary before =
                            summaries.put(summary.roadSegmentId() + "@" + summary.windowStart(), summary);
                    if (before != null && before.revision() >= summary.revision()) {
                        throw new AssertionError("revision did not grow: " + before + " -> " + summary);
                    }
                }

                @Override
                public void event(CityEvent event) {
                    events.add(event);
                }
            });
        }
    }

    public Instant clock() {
        return Instant.ofEpochMilli(clock);
    }

    public InMemoryKey<TrafficState> memory(String segmentId) {
        return segment(segmentId);
    }

    public int intake(Intake what) {
        return intake.getOrDefault(what, 0);
    }

    /** Every event told, in order. */
    public List<CityEvent> events() {
        return events;
    }

    public int summariesTold() {
        return summariesTold;
    }

    public TrafficSummary summary(String segmentId, Instant windowStart) {
        TrafficSummary summary = summaries.get(segmentId + "@" + windowStart);
        if (summary == null) {
            throw new AssertionError(
                    "no summary of " + segmentId + " at " + windowStart + " among " + summaries.keySet());
        }
        return summary;
    }

    public List<TrafficSummary> summaries() {
        return List.copyOf(summaries.values());
    }

    /** The last state of every episode that has not been withdrawn, by id. */
    public Map<String, CityEvent> episodes() {
        Map<String, CityEvent> last = new LinkedHashMap<>();
        for (CityEvent event : events) {
            if (event.transition() == Transition.WITHDRAWN) {
                last.remove(event.episodeId());
            } else {
                last.put(event.episodeId(), event);
            }
        }
        return last;
    }

    /**
     * All that two runs over the same readings must agree on, byte for byte: the latest revision of each summary and the
     * last state of each episode, without what may differ by how things arrived.
     */
    public String verdict() {
        StringBuilder verdict = new StringBuilder();
        summaries.forEach((key, summary) -> verdict.append(json(fold.revised(summary, 0, summary.isFinal())))
                .append('\n'));
        TreeMap<String, CityEvent> last = new TreeMap<>();
        for (CityEvent event : events) {
            switch (event.transition()) {
                case WITHDRAWN -> last.remove(event.episodeId());
                case STALE, UPDATED -> {}
                default -> last.put(event.episodeId(), event);
            }
        }
        last.values().forEach(event -> verdict.append(json(bare(event))).append('\n'));
        return verdict.toString();
    }

    private static CityEvent bare(CityEvent e) {
        Transition transition = e.endedAt() == null ? Transition.OPENED : Transition.CLOSED;
        return new CityEvent(
                "",
                e.episodeId(),
                0,
                e.kind(),
                transition,
                e.severity(),
                e.cityId(),
                e.subject(),
                e.startedAt(),
                e.at(),
                e.endedAt(),
                null,
                null,
                e.reason(),
                e.rule(),
                e.labels(),
                e.summary(),
                e.location(),
                e.evidence());
    }

    private static String json(Object value) {
        return new String(JsonCodec.write(value), java.nio.charset.StandardCharsets.UTF_8);
    }
}
