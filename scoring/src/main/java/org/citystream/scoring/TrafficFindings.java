package org.citystream.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.place.SensorLog;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.recordings.TruthRow;

/** What the traffic job told, however it was run, to be held against what is known to have happened. Not thread-safe. */
public final class TrafficFindings {
    private final List<CityEvent> events = new ArrayList<>();
    private final List<Instant> decisions = new ArrayList<>();
    private final SlowMinutes slow = new SlowMinutes();

    /** Takes in a segment's minute. */
    public void summary(TrafficSummary summary) {
        if (summary.revision() == 1 && summary.speedRatio() != null) {
            decisions.add(summary.windowStart());
        }
        slow.note(summary);
    }

    /** Takes in an event; those of one episode in order. */
    public void event(CityEvent event) {
        events.add(event);
    }

    /**
     * Holds what was told against what happened.
     *
     * @param truth of whatever kind; incidents and congestion count
     * @param from what was told or happened before was for practice
     * @param end of what was observed
     */
    public TrafficTrial.Judgement judge(SensorLog sensors, List<TruthRow> truth, Instant from, Instant end) {
        Roads roads = new Roads(sensors, end);
        List<Detection> told = Detection.of(events, roads).stream()
                .filter(detection -> !detection.openedAt().isBefore(from))
                .toList();
        List<TruthRow> happened = truth.stream()
                .filter(row -> isOnRoads(row) && !row.start().isBefore(from))
                .toList();
        return new TrafficTrial.Judgement(
                new Matching(happened, told, roads),
                roads,
                slow,
                Duration.between(from, end),
                decisions.stream().filter(at -> !at.isBefore(from)).count());
    }

    /** Whether something happened that congestion and incidents are to be held against. */
    public static boolean isOnRoads(TruthRow row) {
        return row.kind().equals(RuleKind.INCIDENT.wireName()) || row.kind().equals(RuleKind.CONGESTION.wireName());
    }
}
