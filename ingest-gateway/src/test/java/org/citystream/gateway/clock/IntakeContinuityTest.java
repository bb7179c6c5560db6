package org.citystream.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntakeContinuityTest {
    private static final Instant T0 = Instant.parse("2026-11-23T08:00:00Z");

    private final IntakeContinuity continuity = new IntakeContinuity("4f2a");

    private static Instant at(int seconds) {
        return T0.plusSeconds(seconds);
    }

    private void second(int seconds) {
        continuity.second(at(seconds), at(seconds), false);
    }

    @Test
    void sinceMovesWithTheClockUntilTheFirstSoundingIsBack() {
        assertThat(continuity.since(at(5))).isEqualTo(at(5));
        String sounding = continuity.sound(at(5));
        assertThat(continuity.since(at(6))).isEqualTo(at(6));
        assertThat(continuity.returned(sounding, at(8), at(8))).contains(Duration.ofSeconds(3));
        assertThat(continuity.since(at(60))).isEqualTo(at(8));
        assertThat(continuity.isBehind()).isFalse();
    }

    @Test
    void reconnectingIsNotEnoughTheBacklogMustBeThrough() {
        continuity.returned(continuity.sound(at(0)), at(1), at(1));
        continuity.disconnected();
        String sounding = continuity.sound(at(100));
        assertThat(continuity.since(at(105))).isEqualTo(at(105));
        continuity.returned(sounding, at(107), at(107));
        assertThat(continuity.since(at(200))).isEqualTo(at(107));
    }

    @Test
    void soundingsOfAnEarlierConnectionProveNothing() {
        String early = continuity.sound(at(0));
        continuity.disconnected();
        assertThat(continuity.returned(early, at(1), at(1))).isEmpty();
        assertThat(continuity.isBehind()).isTrue();
    }

    @Test
    void forgedSoundingsProveNothing() {
        continuity.sound(at(0));
        assertThat(continuity.returned("4f2b-1", at(1), at(1))).isEmpty();
        assertThat(continuity.returned("", at(1), at(1))).isEmpty();
        assertThat(continuity.isBehind()).isTrue();
    }

    @Test
    void soundingThatStaysAwayMeansIntakeStandsStill() {
        continuity.returned(continuity.sound(at(0)), at(1), at(1));
        String late = continuity.sound(at(5));
        second(15);
        assertThat(continuity.isBehind()).isFalse();
        second(16);
        assertThat(continuity.since(at(16))).isEqualTo(at(16));
        continuity.returned(late, at(20), at(20));
        assertThat(continuity.isBehind())
                .as("it was sent before the standstill")
                .isTrue();
        continuity.returned(continuity.sound(at(21)), at(22), at(22));
        assertThat(continuity.since(at(30))).isEqualTo(at(22));
    }

    @Test
    void whereSoundingIsForbiddenFiveQuietSecondsHaveToDo() {
        continuity.soundingRefused();
        continuity.sound(at(0));
        for (int s = 1; s <= 4; s++) {
            continuity.second(at(s), at(s), true);
        }
        continuity.second(at(5), at(5), false);
        for (int s = 6; s <= 9; s++) {
            continuity.second(at(s), at(s), true);
            assertThat(continuity.isBehind()).isTrue();
        }
        continuity.second(at(10), at(10), true);
        assertThat(continuity.since(at(99))).isEqualTo(at(10));
    }

    @Test
    void withoutAClockThereIsNothingToSay() {
        continuity.returned(continuity.sound(at(0)), at(1), null);
        assertThat(continuity.isBehind()).isTrue();
    }
}
