package org.citystream.analytics.pane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.arrival.Outcome;
import org.jspecify.annotations.Nullable;

/** Subjects under the kernel, without an engine: readings arrive, the clock moves, the world is told. */
public class PaneCity<S, U> {
    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final PaneFold<S, U> fold;
    private final PaneKernel<S, U> kernel;
    private final Duration pane;
    private final Function<U, Instant> windowStart;
    private final ToIntFunction<U> revision;
    private final TreeMap<String, HeapMemory<S>> subjects = new TreeMap<>();
    private final Map<Intake, Integer> intake = new EnumMap<>(Intake.class);
    private final TreeMap<String, TreeMap<Instant, U>> summaries = new TreeMap<>();
    private final List<CityEvent> events = new ArrayList<>();
    private @Nullable PaneCity<?, ?> groups;
    private int groupsEvery = 1;
    private int clockMoves;
    private boolean inBytes = true;
    private int summariesTold;
    private int partsTold;
    private long clock = Long.MIN_VALUE;
    private long since = Long.MIN_VALUE;

    /**
     * @param windowStart of a summary
     * @param revision of a summary
     */
    public PaneCity(
            BiFunction<SensorLog, RuleBook, PaneFold<S, U>> folds,
            PaneTiming timing,
            Function<U, Instant> windowStart,
            ToIntFunction<U> revision) {
        this.fold = folds.apply(sensors, rules);
        this.kernel = new PaneKernel<>(fold, timing);
        this.pane = timing.pane();
        this.windowStart = windowStart;
        this.revision = revision;
    }

    /** What summaries say to the groups of their subjects goes there, as do registry, rules and clock. */
    public void tells(PaneCity<?, ?> newGroups) {
        groups = newGroups;
    }

    /** Lets the groups know only every so many moves of the clock, as when operators run apart. */
    public void groupsLag(int every) {
        groupsEvery = every;
    }

    /** Keeps state as objects, for many readings. */
    public void keepObjects() {
        inBytes = false;
        if (groups != null) {
            groups.keepObjects();
        }
    }

    public void add(Sensor sensor) {
        sensors.apply(sensor);
        if (groups != null) {
            groups.add(sensor);
        }
    }

    public void add(Rule rule) {
        rules.apply(rule);
        if (groups != null) {
            groups.add(rule);
        }
    }

    /** Of the subjects' states. */
    public Codec<S> codec() {
        return fold.codec();
    }

    /** What the registry says, for those who make observations of readings. */
    public SensorLog registry() {
        return sensors;
    }

    /** Intake has been interrupted, and goes on from now. */
    public void resumesAt(Instant newSince) {
        since = newSince.toEpochMilli();
    }

    public Intake receives(Observation reading) {
        Intake what = kernel.add(memory(reading.subjectId()), reading, clock);
        intake.merge(what, 1, Integer::sum);
        return what;
    }

    public void receives(List<Observation> readings) {
        readings.forEach(this::receives);
    }

    private void revises(Observation part) {
        intake.merge(kernel.revise(memory(part.subjectId()), part, clock), 1, Integer::sum);
    }

    public HeapMemory<S> memory(String subjectId) {
        return subjects.computeIfAbsent(
                subjectId, key -> inBytes ? new InMemoryKey<>(fold.codec()) : new HeapMemory<>());
    }

    /** Moves the clock, and lets all timers go off that it passes. */
    public void clock(Instant now) {
        clock = now.toEpochMilli();
        subjects.forEach(this::wake);
        clockMoves++;
        if (clockMoves % groupsEvery == 0) {
            groupsCatchUp();
        }
    }

    /** Lets the groups know the clock. */
    public void groupsCatchUp() {
        if (groups != null) {
            groups.clock(clock());
        }
    }

    /** Moves the clock in steps, as it would in real time. */
    public void clockSteadilyTo(Instant until, Duration step) {
        for (long at = clock + step.toMillis(); at <= until.toEpochMilli(); at += step.toMillis()) {
            clock(Instant.ofEpochMilli(at));
        }
    }

    public Instant clock() {
        return Instant.ofEpochMilli(clock);
    }

    private void wake(String subjectId, HeapMemory<S> memory) {
        while (memory.timer() <= clock) {
            memory.timerFired();
            kernel.wake(memory, subjectId, clock, since, new PaneOutput<>() {
                @Override
                public void summary(U summary) {
                    tell(subjectId, summary);
                }

                @Override
                public void event(CityEvent event) {
                    events.add(event);
                }
            });
        }
    }

    private void tell(String subjectId, U summary) {
        summariesTold++;
        U before =
                summaries.computeIfAbsent(subjectId, key -> new TreeMap<>()).put(windowStart.apply(summary), summary);
        Observation part = fold.part(summary);
        if (groups != null && part != null) {
            partsTold++;
            groups.revises(part);
        }
        if (revision.applyAsInt(summary) != (before == null ? 1 : revision.applyAsInt(before) + 1)) {
            throw new AssertionError("revision did not grow by one: " + before + " -> " + summary);
        }
    }

    public int intake(Intake what) {
        return intake.getOrDefault(what, 0);
    }

    /** Parts told that their groups have not counted; must be none. */
    public int partsLost() {
        return groups == null ? 0 : partsTold - groups.intake(Intake.COUNTED);
    }

    /** Every event told, in order. */
    public List<CityEvent> events() {
        return events;
    }

    public int summariesTold() {
        return summariesTold;
    }

    /** The latest summaries, by subject and time. */
    public List<U> summaries() {
        return summaries.values().stream()
                .flatMap(told -> told.values().stream())
                .toList();
    }

    public U summary(String subjectId, Instant start) {
        U summary = summaries.getOrDefault(subjectId, new TreeMap<>()).get(start);
        if (summary == null) {
            throw new AssertionError("no summary of " + subjectId + " at " + start + " among " + summaries);
        }
        return summary;
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

    /** What has been told so far of panes that are closed. */
    public Outcome outcome() {
        Outcome outcome = new Outcome();
        tellAll(outcome);
        if (groups != null) {
            groups.tellAll(outcome);
        }
        return outcome;
    }

    private void tellAll(Outcome outcome) {
        summaries.forEach((subjectId, told) -> told.forEach(
                (start, summary) -> outcome.settled(subjectId, start, start.plus(pane), JsonCodec.write(summary))));
        events.forEach(outcome::event);
    }
}
