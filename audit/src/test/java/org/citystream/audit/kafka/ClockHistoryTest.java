package org.citystream.audit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockHistoryTest {
    private static final Instant WALL = Instant.parse("2026-11-23T08:00:00Z");
    /** A replay, sixty times as fast. */
    private static final Instant CLOCK = Instant.parse("2014-08-01T00:00:00Z");

    private final ClockHistory history = new ClockHistory();

    @Test
    void theClockHadNotComeBeyondTheNewestStampOfItsMinute() {
        for (int minute : new int[] {2, 0, 1}) {
            history.stamp(WALL.plusSeconds(60L * minute), CLOCK.plus(Duration.ofHours(minute)));
        }
        history.stamp(WALL.plusSeconds(90), CLOCK.plus(Duration.ofMinutes(90)));
        history.stamp(WALL.plusSeconds(119), CLOCK);

        assertThat(history.notBeyond(WALL.plusSeconds(70))).isEqualTo(CLOCK.plus(Duration.ofMinutes(90)));
        assertThat(history.notBeyond(WALL.plusSeconds(86_400))).isEqualTo(CLOCK.plus(Duration.ofHours(2)));
        assertThat(history.last()).isEqualTo(CLOCK.plus(Duration.ofHours(2)));
    }

    @Test
    void beforeTheFirstStampItHadNotComeBeyondThatAndWithoutAnyNothingIsKnown() {
        assertThat(history.notBeyond(WALL)).isEqualTo(Instant.MAX);
        assertThat(history.last()).isNull();

        history.stamp(WALL, CLOCK);

        assertThat(history.notBeyond(WALL.minusSeconds(3_600))).isEqualTo(CLOCK);
    }
}
