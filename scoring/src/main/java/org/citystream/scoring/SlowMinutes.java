package org.citystream.scoring;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.citystream.model.summary.TrafficSummary;

/** When traffic was slow at which segment: from then on something could be seen. */
final class SlowMinutes {
    private static final double SLOW_BELOW = 0.7;

    private final Map<String, NavigableSet<Instant>> minutes = new HashMap<>();

    void note(TrafficSummary summary) {
        if (summary.speedRatio() != null && summary.speedRatio() < SLOW_BELOW) {
            minutes.computeIfAbsent(summary.roadSegmentId(), id -> new TreeSet<>())
                    .add(summary.windowStart());
        }
    }

    /** The first slow minute of any of these segments within a time, both ends included. */
    Optional<Instant> first(Collection<String> segmentIds, Instant from, Instant to) {
        return segmentIds.stream()
                .map(minutes::get)
                .filter(Objects::nonNull)
                .map(slow -> slow.ceiling(from))
                .filter(minute -> minute != null && !minute.isAfter(to))
                .min(Comparator.naturalOrder());
    }
}
