package org.citystream.jobs.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.analytics.traffic.TrafficState;
import org.citystream.model.summary.TrafficSummary;
import org.junit.jupiter.api.Test;

/**
 * One segment with half of all readings, and thousands that nobody has seen before: 10,000 by default, 100,000 with
 * {@code -Dproofs=true}.
 */
class HotKeyTest {
    private static final int NEW_SEGMENTS = Boolean.getBoolean("proofs") ? 100_000 : 10_000;
    private static final int LOOPS = 10;
    private static final String HOT = "hot";
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void eachSegmentHasItsReadingsAndTheHotOneHasNoMoreStateThanAnother() throws Exception {
        try (PaneOperator operator = PaneOperator.opened(
                PaneFunction.<TrafficState, TrafficSummary>ofReadings(
                        PaneTiming.TRAFFIC, TrafficFold::new, new DefaultRulesAnd()),
                null)) {
            operator.clock(EIGHT.plusSeconds(1));
            for (int i = 0; i < NEW_SEGMENTS; i++) {
                operator.receives(reading("new-" + i, "loop-new-" + i, i));
                operator.receives(reading(HOT, "loop-" + i % LOOPS, i));
            }
            int entriesOfAll = operator.stateEntries();
            assertThat(operator.timers()).as("one a segment").isEqualTo(NEW_SEGMENTS + 1);

            operator.clock(EIGHT.plusSeconds(121));
            List<TrafficSummary> told = operator.summaries(TrafficSummary.class);
            assertThat(told.stream()
                            .filter(summary -> summary.roadSegmentId().equals(HOT))
                            .mapToInt(TrafficSummary::readingCount)
                            .sum())
                    .isEqualTo(NEW_SEGMENTS);
            assertThat(told.stream()
                            .filter(summary -> !summary.roadSegmentId().equals(HOT) && summary.readingCount() > 0))
                    .hasSize(NEW_SEGMENTS)
                    .allMatch(summary -> summary.readingCount() == 1)
                    .extracting(TrafficSummary::roadSegmentId)
                    .doesNotHaveDuplicates();
            assertThat(entriesOfAll % (NEW_SEGMENTS + 1))
                    .as("as many entries for each, however many readings")
                    .isZero();
        }
    }

    /** The {@code number}th of all, of one of the loops at a time of its own within a minute. */
    private static Observation reading(String segment, String loop, int number) {
        long at = EIGHT.toEpochMilli() + 1 + number / LOOPS;
        return TrafficMeasure.observation(segment, loop, 0, at, 60_000, null, 0, 10, 90, 0.2);
    }
}
