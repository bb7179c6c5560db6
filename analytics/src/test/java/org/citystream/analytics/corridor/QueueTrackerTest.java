package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.CorridorLife.SILENT;
import static org.citystream.analytics.corridor.CorridorLife.minute;

import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;

/**
 * Which stations are one queue, and where it goes, minute by minute: slow below 50 km/h for 3 min, free above 70 for 5,
 * severe below 30.
 */
class QueueTrackerTest {
    private final TrackedCorridor road = new TrackedCorridor();

    @Test
    void aSlowMinuteIsRememberedUntilFiveMinutesHavePassed() {
        road.minutes(1, 90, 40, 90);
        road.minutes(4, 90, 90, 90);
        assertThat(road.queues().slowAt())
                .containsExactly(Map.entry("s1", minute(1).toEpochMilli()));
        assertThat(road.queues().standings()).isEmpty();

        road.minutes(1, 90, 90, 90);
        assertThat(road.remembersNothing()).isTrue();
    }

    // ---- which stations are one queue

    @Test
    void aStationBetweenTwoWavesBelongsToThem() {
        road.minutes(1, 90, 40, 40, 40, 90);
        road.minutes(2, 90, 40, 90, 40, 90);

        assertThat(road.open()).containsExactly("s1 s2 s3");
    }

    @Test
    void aStationThatWasSlowForAMomentAndThenSaysNothingIsNotItsTail() {
        road.minutes(1, 90, 40, 40, 90);
        road.minutes(2, 90, SILENT, 40, 90);

        assertThat(road.open()).containsExactly("s2");
    }

    @Test
    void aStationThatAlwaysFlowedIsNoHoleInTheQueuesBesideIt() {
        road.minutes(10, 90, 40, 90, 40, 90);

        assertThat(road.open()).containsExactlyInAnyOrder("s1", "s3");
        assertThat(road.transitions()).containsExactly(Transition.OPENED, Transition.OPENED);
    }

    @Test
    void whatFlowsBeforeASilentStationSplitsTheQueue() {
        road.minutes(3, 90, 40, 40, SILENT, 40, 90);
        assertThat(road.open()).containsExactly("s1 s2 s3 s4");
        road.minutes(5, 90, 40, 90, SILENT, 40, 90);

        assertThat(road.open()).containsExactly("s4", "s1");
    }

    @Test
    void whatFlowsBehindASilentStationSplitsTheQueue() {
        road.minutes(3, 90, 40, SILENT, 40, 40, 90);
        assertThat(road.open()).containsExactly("s1 s2 s3 s4");
        road.minutes(5, 90, 40, SILENT, 90, 40, 90);

        assertThat(road.open()).containsExactly("s4", "s1");
    }

    // ---- which queue is which

    @Test
    void aSecondQueueHasItsOwnBeginningAndStandsBehindTheFirst() {
        road.minutes(3, 90, 90, 90, 90, 90, 40, 90);
        road.minutes(3, 90, 40, 90, 90, 90, 40, 90);

        assertThat(road.open()).containsExactly("s5", "s1");
        assertThat(road.last().startedAt()).isEqualTo(minute(3));
        assertThat(road.last().at()).isEqualTo(minute(6));
    }

    @Test
    void ofTwoThatStartedTogetherTheOneFurtherDownstreamStays() {
        road.minutes(3, 90, 40, 90, 90, 40, 90);
        CityEvent upstream = road.events().get(0);
        CityEvent downstream = road.events().get(1);
        assertThat(downstream.evidence().path("queue").path("headSegmentId").asText())
                .isEqualTo("s4");
        road.minutes(1, 90, 40, 40, 40, 40, 90);

        assertThat(road.open()).containsExactly("s1 s2 s3 s4");
        assertThat(road.last().transition()).isEqualTo(Transition.WITHDRAWN);
        assertThat(road.last().episodeId()).isEqualTo(upstream.episodeId());
        assertThat(road.last().replacedBy()).isEqualTo(downstream.episodeId());
    }

    @Test
    void aQueueThatLosesItsHeadAndBreaksGoesOnInThePartFurtherDownstream() {
        road.minutes(3, 90, 40, 40, 40, 40, 40, 40, 90);
        String whole = road.last().episodeId();
        road.minutes(5, 90, 40, 40, 90, 90, 40, 90, 90);

        assertThat(road.open()).containsExactly("s5", "s1 s2");
        assertThat(road.queues().open().get(0).last().episodeId()).isEqualTo(whole);
        assertThat(road.queues().open().get(1).last().startedAt())
                .as("of what broke off: now")
                .isEqualTo(minute(7));
    }

    /** At 65 km/h neither slow nor free. */
    @Test
    void ofPartsThatAreAboutToBeFreeItGoesOnInTheOneFurtherDownstream() {
        road.minutes(3, 90, 40, 40, 40, 40, 40, 40, 90);
        road.minutes(5, 90, 65, 65, 90, 90, 90, 65, 90);

        assertThat(road.open()).containsExactly("s6");
        assertThat(road.transitions()).doesNotContain(Transition.CLOSED).containsOnlyOnce(Transition.OPENED);
    }

    // ---- where it dissolves

    private void dissolvesAtS5While(double... lastMinute) {
        road.minutes(3, 90, 90, 90, 90, 90, 20, 90, 90);
        road.minutes(4, 90, 90, 90, 90, 90, 90, 90, 90);
        road.minutes(1, lastMinute);
    }

    @Test
    void whatIsSlowJustUpstreamIsTheWaveThatIsLeftOfIt() {
        dissolvesAtS5While(90, 90, 40, 90, 90, 90, 90, 90);

        assertThat(road.open()).containsExactly("s2");
        // Nobody knows yet how bad it is there; that it has moved is told 5 min after it opened, which is now.
        assertThat(road.transitions()).containsExactly(Transition.OPENED, Transition.UPDATED);
        assertThat(road.last().severity()).isEqualTo(Severity.SEVERE);
        assertThat(road.last().at()).isEqualTo(minute(8));
    }

    @Test
    void ofTwoSuchWavesItIsTheNearer() {
        dissolvesAtS5While(90, 90, 40, 90, 40, 90, 90, 90);

        assertThat(road.open()).containsExactly("s4");
    }

    @Test
    void whatIsSlowFurtherUpstreamOrDownstreamIsNot() {
        dissolvesAtS5While(90, 40, 90, 90, 90, 90, 90, 40);

        assertThat(road.queues().open()).isEmpty();
        assertThat(road.last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(road.last().endedAt()).isEqualTo(minute(3));
    }

    @Test
    void aWaveThatDissolvesBeforeItsStationWasCongestedIsOverWithThatMinute() {
        dissolvesAtS5While(90, 90, 40, 90, 90, 90, 90, 90);
        road.minutes(1, 90, 90, 90, 90, 90, 90, 90, 90);

        assertThat(road.last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(road.last().endedAt()).isEqualTo(minute(8));
        assertThat(road.last().at()).isEqualTo(minute(9));
    }

    // ---- what is told of it

    @Test
    void itsSeverityRisesAfterThreeMinutesAndFallsAfterFive() {
        road.minutes(3, 90, 40, 90);
        road.minutes(3, 90, 20, 90);
        assertThat(road.last()).satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.ESCALATED);
            assertThat(event.severity()).isEqualTo(Severity.SEVERE);
            assertThat(event.reason()).isEqualTo("severity-worse");
            assertThat(event.at()).isEqualTo(minute(6));
            assertThat(event.startedAt()).isEqualTo(minute(0));
        });

        road.minutes(5, 90, 40, 90);
        assertThat(road.last()).satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.DEESCALATED);
            assertThat(event.severity()).isEqualTo(Severity.MODERATE);
            assertThat(event.reason()).isEqualTo("severity-milder");
            assertThat(event.at()).isEqualTo(minute(11));
        });
        assertThat(road.events()).hasSize(3);
    }

    @Test
    void aQueueThatStaysWhereItIsIsToldOfOnce() {
        road.minutes(30, 90, 40, 40, 90);

        assertThat(road.transitions()).containsExactly(Transition.OPENED);
    }

    @Test
    void thatOnlyItsHeadHasGoneBackIsTold() {
        road.minutes(3, 90, 40, 40, 40, 90);
        road.minutes(5, 90, 40, 40, 90, 90);

        assertThat(road.transitions()).containsExactly(Transition.OPENED, Transition.UPDATED);
        assertThat(road.last().reason()).isEqualTo("queue-moved");
        assertThat(road.last().at()).isEqualTo(minute(8));
        // From 1750 m, halfway to s4, back to halfway between s2 and s3.
        assertThat(road.last().evidence().path("queue").path("headM").asDouble())
                .isEqualTo(1250);
        assertThat(road.last().evidence().path("queue").path("tailM").asDouble())
                .isEqualTo(250);
    }
}
