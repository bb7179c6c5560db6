package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.CorridorLife.minute;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.junit.jupiter.api.Test;

/** What is left of a rule's queues under its next version, and among the stations that are still there. */
class QueuesTest {
    private final TrackedCorridor road = new TrackedCorridor();
    private final List<CityEvent> events = new ArrayList<>();

    /** One of s1 and s2, one of s5; they started together. */
    private Queues two() {
        road.minutes(4, 90, 40, 40, 90, 90, 40, 90);
        return road.queues();
    }

    @Test
    void underAVersionThatLooksForTheSameTheyGoOn() {
        Queues before = two();
        int next = before.version() + 1;
        Queues after = Objects.requireNonNull(
                before.under(TrackedCorridor.RULE.withVersion(next, minute(4)), minute(4), events));

        assertThat(after.version()).isEqualTo(next);
        assertThat(after.conditionKey()).isEqualTo(before.conditionKey());
        assertThat(after.standings()).isEqualTo(before.standings());
        assertThat(after.slowAt()).isEqualTo(before.slowAt());
        assertThat(after.open()).extracting(Queue::headId).containsExactly("s2", "s5");
        assertThat(after.open())
                .extracting(queue -> queue.last().episodeId())
                .isEqualTo(before.open().stream()
                        .map(queue -> queue.last().episodeId())
                        .toList());
    }

    @Test
    void aQueueGoesOnWithTheLastOfItsStationsAndEndsWithoutAny() {
        Queues before = two();
        Queues left = before.among(Set.of("s0", "s2", "s3", "s4", "s6"), minute(4), events);

        assertThat(left.open()).extracting(Queue::headId).containsExactly("s2");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.episodeId()).isEqualTo(before.open().get(1).last().episodeId());
            assertThat(event.reason()).isEqualTo("station-gone");
            assertThat(event.endedAt()).isEqualTo(minute(4));
        });
    }

    /** The extents of six minutes: five minutes of growth, whatever came before. */
    @Test
    void growthIsThatOfTheLastSixMinutes() {
        road.minutes(4, 90, 90, 90, 90, 90, 40, 90);
        road.minutes(7, 90, 90, 90, 40, 40, 40, 90);

        assertThat(road.queues().open()).singleElement().satisfies(queue -> {
            assertThat(queue.recent())
                    .hasSize(6)
                    .startsWith(new Extent(minute(6).toEpochMilli(), 1250, 2750));
            assertThat(queue.growthMPerMin()).isZero();
        });
    }
}
