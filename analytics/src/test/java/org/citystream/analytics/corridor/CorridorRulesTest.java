package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.CorridorLife.minute;

import java.util.Arrays;
import java.util.List;
import org.citystream.analytics.corridor.CorridorLife.Traffic;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that is changed while its queue or incident is open, whether anybody measures or not. */
class CorridorRulesTest {
    private static final String JAM = """
            id: jam
            kind: congestion
            enter: {speed-ratio-below: 0.5, for: PT3M}
            exit: {speed-ratio-above: 0.7, for: PT5M}
            severity: {moderate: {speed-ratio-below: 0.5}, severe: {speed-ratio-below: 0.3}}
            """;
    private static final String BLOCKED = """
            id: blocked
            kind: incident
            method: {capacity-drop: {below: 0.7}}
            severity: severe
            """;
    private static final int QUIET_MINUTES = 25;
    private static final int CHANGED = QUIET_MINUTES + 6;

    private final CorridorLife road = new CorridorLife(6);

    /** Segment 3 stands before a third of the flow from {@link #QUIET_MINUTES} on. */
    private void blockedUntil(int until) {
        for (int minute = 0; minute < until; minute++) {
            blockedIn(minute);
        }
    }

    private void blockedIn(int minute) {
        Traffic[] traffic = new Traffic[6];
        Arrays.fill(traffic, new Traffic(95, 3600, 0.08));
        if (minute >= QUIET_MINUTES) {
            traffic[3] = new Traffic(15, 1200, 0.45);
            traffic[4] = new Traffic(98, 1200, 0.03);
            traffic[5] = new Traffic(98, 1200, 0.03);
        }
        road.minute(minute, traffic);
    }

    private void goesOn(boolean measured) {
        if (measured) {
            blockedIn(CHANGED);
            blockedIn(CHANGED + 1);
        } else {
            road.clockSteadilyTo(minute(CHANGED + 20));
        }
    }

    private List<CityEvent> because(String reason) {
        return road.events().stream()
                .filter(event -> event.reason().equals(reason))
                .toList();
    }

    @ParameterizedTest(name = "{0}, measured {1}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            jam     | true  | labels: {team: night} | UPDATED | rule-revised
            jam     | false | labels: {team: night} | UPDATED | rule-revised
            jam     | true  | mode: deleted         | CLOSED  | rule-off
            jam     | false | mode: deleted         | CLOSED  | rule-off
            blocked | true  | labels: {team: night} | UPDATED | rule-revised
            blocked | false | labels: {team: night} | UPDATED | rule-revised
            blocked | true  | mode: deleted         | CLOSED  | rule-off
            blocked | false | mode: deleted         | CLOSED  | rule-off
            """)
    void anotherVersionIsToldOnceFromWhenItHolds(
            String rule, boolean measured, String change, Transition transition, String reason) throws Exception {
        String document = rule.equals("jam") ? JAM : BLOCKED;
        road.with(document);
        blockedUntil(CHANGED);
        CityEvent opened = road.events().get(0);
        road.with(document + change, 2, minute(CHANGED));
        goesOn(measured);

        assertThat(because(reason)).singleElement().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(transition);
            assertThat(event.at()).isEqualTo(minute(CHANGED));
            assertThat(event.episodeId()).isEqualTo(opened.episodeId());
            assertThat(event.endedAt()).isEqualTo(transition == Transition.CLOSED ? minute(CHANGED) : null);
        });
        assertThat(road.transitions()).filteredOn(Transition.OPENED::equals).hasSize(1);
    }

    @ParameterizedTest(name = "{0}, measured {1}")
    @CsvSource({"jam, true", "jam, false", "blocked, true", "blocked, false"})
    void aRuleThatLooksForSomethingElseStartsAnew(String rule, boolean measured) throws Exception {
        String document = rule.equals("jam") ? JAM : BLOCKED;
        road.with(document);
        blockedUntil(CHANGED);
        road.with(document.replace("PT3M", "PT2M").replace("below: 0.7}", "below: 0.65}"), 2, minute(CHANGED));
        goesOn(measured);

        assertThat(because("rule-changed")).singleElement().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.endedAt()).isEqualTo(minute(CHANGED));
        });
        assertThat(road.transitions())
                .filteredOn(Transition.OPENED::equals)
                .as("two more minutes are enough to see it again")
                .hasSize(measured ? 2 : 1);
    }

    @Test
    void withItsLastStationAllOfItsEpisodesEnd() throws Exception {
        road.with(JAM).with(BLOCKED);
        blockedUntil(CHANGED);
        for (int segment = 0; segment < 6; segment++) {
            road.retires(segment, minute(CHANGED));
        }
        road.clockSteadilyTo(minute(CHANGED + 20));

        assertThat(because("subject-retired"))
                .extracting(event -> event.rule().id())
                .containsExactlyInAnyOrder("jam", "blocked");
    }

    @Test
    void aRuleThatComesInSilenceChangesNothing() throws Exception {
        road.with(JAM);
        blockedUntil(CHANGED);
        road.with(JAM.replace("id: jam", "id: another"), 1, minute(CHANGED)).with(BLOCKED, 1, minute(CHANGED));
        road.clockSteadilyTo(minute(CHANGED + 20));

        assertThat(road.transitions()).containsExactly(Transition.OPENED, Transition.STALE);
    }
}
