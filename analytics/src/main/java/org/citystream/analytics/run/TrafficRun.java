package org.citystream.analytics.run;

import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.corridor.CorridorState;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.analytics.traffic.TrafficState;
import org.citystream.model.event.CityEvent;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;

/**
 * What the traffic job decides, without the job: road segments and their corridors over readings in any order within the
 * horizon. Not thread-safe.
 */
public final class TrafficRun {
    private final TrafficFold segmentFold;
    private final FoldRun<TrafficState, TrafficSummary> segments;
    private final FoldRun<CorridorState, CorridorSummary> corridors;
    private long clock = Long.MIN_VALUE;

    /**
     * @param sensors all that will be known of them
     * @param rules all that hold
     * @param out is told of every segment's minute, and of the episodes of segments and corridors
     */
    public TrafficRun(SensorLog sensors, RuleBook rules, PaneOutput<TrafficSummary> out) {
        PaneTiming timing = PaneTiming.TRAFFIC;
        this.segmentFold = new TrafficFold(sensors, rules);
        this.segments = new FoldRun<>(segmentFold, timing, new PaneOutput<>() {
            @Override
            public void summary(TrafficSummary summary) {
                out.summary(summary);
                tellCorridor(summary);
            }

            @Override
            public void event(CityEvent event) {
                out.event(event);
            }
        });
        this.corridors = new FoldRun<>(new CorridorFold(sensors, rules), timing.ofGroups(), new PaneOutput<>() {
            @Override
            public void summary(CorridorSummary summary) {}

            @Override
            public void event(CityEvent event) {
                out.event(event);
            }
        });
    }

    /** Parts reach their corridor before it wakes at the same clock. */
    private void tellCorridor(TrafficSummary summary) {
        Observation part = segmentFold.part(summary);
        if (part != null) {
            corridors.revise(part, clock - 1);
        }
    }

    /** Takes in a reading that arrives at this clock, epoch ms. */
    public Intake receive(Observation reading, long arrivalClock) {
        advanceTo(arrivalClock);
        return segments.add(reading, clock);
    }

    /** Moves the clock, epoch ms, and decides everything that falls due on the way. It must not run backwards. */
    public void advanceTo(long newClock) {
        if (newClock < clock) {
            throw new IllegalArgumentException("the clock stands at " + clock + " and would run back to " + newClock);
        }
        for (long due = nextTimer(); due <= newClock; due = nextTimer()) {
            clock = Math.max(clock, due);
            segments.wake(clock);
            corridors.wake(clock);
        }
        clock = newClock;
    }

    private long nextTimer() {
        return Math.min(segments.nextTimer(), corridors.nextTimer());
    }
}
