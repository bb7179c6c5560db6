package org.citystream.audit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import org.citystream.audit.report.Line;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverlappingEpisodesTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final GeoPoint BRIDGE = new GeoPoint(56.1, 10.2);
    private static final GeoPoint TUNNEL = new GeoPoint(56.2, 10.2);

    private final EpisodeAudit episodes = new EpisodeAudit();
    private SubjectType type = SubjectType.ROAD_SEGMENT;
    private GeoPoint where = BRIDGE;
    private int version = 1;

    /** The job failed after it had told the first, and found that it had begun earlier when it read its readings again. */
    @Test
    void anEpisodeThatWasLeftOpenWhenAnotherBeganInItsPlaceIsTold() {
        opened("left", 10);
        opened("stands", 8);
        closed("stands", 8, 40);

        assertThat(overlapping().count()).isEqualTo(1);
        assertThat(overlapping().examples().get(0)).contains("episode left (", "and episode stands (");
        assertThat(overlapping().isFailure()).as("kernel.md promises no more").isFalse();
    }

    @Test
    void soIsOneThatWasClosedBeforeTheJobWentBack() {
        opened("left", 10);
        closed("left", 10, 20);
        opened("stands", 8);
        closed("stands", 8, 20);

        assertThat(overlapping().count()).isEqualTo(1);
    }

    @Test
    void oneAfterTheOtherAreTwo() {
        opened("first", 10);
        closed("first", 10, 20);
        opened("second", 20);

        assertThat(overlapping().count()).isZero();
    }

    @Test
    void whatWasTakenBackStandsBesideNothing() {
        opened("first", 10);
        event("first", Transition.WITHDRAWN, 10, null);
        opened("second", 8);

        assertThat(overlapping().count()).isZero();
    }

    /** A job that goes back repeats itself: the older is spoken of after the newer. */
    @Test
    void aRepetitionOfTheStreamIsNothingNew() {
        for (int time = 0; time < 2; time++) {
            opened("first", 10);
            closed("first", 10, 20);
            opened("second", 20);
        }

        assertThat(overlapping().count()).isZero();
    }

    /** It ends what the one before has found, and may find it again from its beginning. */
    @Test
    void anotherVersionOfTheRuleBeginsAnew() {
        opened("under-the-first", 10);
        closed("under-the-first", 10, 20);
        version = 2;
        opened("under-the-second", 12);

        assertThat(overlapping().count()).isZero();
    }

    /** It repeats itself since before it was last called healthy. */
    @Test
    void aSensorMayBeCalledStuckFromBeforeItsLastSilenceEnded() {
        type = SubjectType.SENSOR;
        opened("silent", 10);
        closed("silent", 10, 20);
        opened("stuck", 15);
        closed("stuck", 15, 30);
        assertThat(overlapping().count()).isZero();

        opened("left", 40);
        opened("stands", 38);
        assertThat(overlapping().count()).isEqualTo(1);
    }

    @Test
    void aCorridorMayHaveQueuesAtTwoPlacesAndNotTwoAtOne() {
        type = SubjectType.CORRIDOR;
        opened("at-the-bridge", 10);
        where = TUNNEL;
        opened("in-the-tunnel", 12);
        assertThat(overlapping().count()).isZero();

        where = BRIDGE;
        opened("at-the-bridge-too", 9);
        assertThat(overlapping().examples())
                .singleElement()
                .asString()
                .contains("at-the-bridge (", "at-the-bridge-too (");
    }

    @Test
    void aDistrictMayHaveSeveralAreas() {
        type = SubjectType.DISTRICT;
        opened("first", 10);
        opened("second", 8);

        assertThat(overlapping().count()).isZero();
    }

    private Line overlapping() {
        return episodes.lines(List.of(), EIGHT, Instant.MIN).stream()
                .filter(line -> line.name().equals("episodes-overlapping"))
                .findFirst()
                .orElseThrow();
    }

    private void opened(String episode, int startedAtMinute) {
        event(episode, Transition.OPENED, startedAtMinute, null);
    }

    private void closed(String episode, int startedAtMinute, int endedAtMinute) {
        event(episode, Transition.CLOSED, startedAtMinute, EIGHT.plusSeconds(60L * endedAtMinute));
    }

    private void event(String episode, Transition transition, int startedAtMinute, @Nullable Instant endedAt) {
        CityEvent event = new CityEvent(
                episode + transition,
                episode,
                1,
                RuleKind.CONGESTION,
                transition,
                Severity.MODERATE,
                "aarhus",
                new Subject(type, "ring-3", "Ring road"),
                EIGHT.plusSeconds(60L * startedAtMinute),
                EIGHT,
                endedAt,
                null,
                null,
                "test",
                new RuleReference("ring", version, "h", RuleMode.ACTIVE),
                null,
                "Congestion on the ring road",
                where,
                JsonNodeFactory.instance.objectNode());
        episodes.event(event, EIGHT);
    }
}
