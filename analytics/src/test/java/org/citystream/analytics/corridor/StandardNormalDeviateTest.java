package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Occupancies in hundredths of a percent, oldest first. */
class StandardNormalDeviateTest {
    @Test
    void theLastTwoMinutesAreHeldAgainstTheFiveBeforeThem() {
        StandardNormalDeviate deviate = of(800, 1200, 400, 1600, 1000, 3000, 3400);

        // Mean 1000, deviation 400.
        assertThat(deviate.previous()).isCloseTo(5, within(1e-9));
        assertThat(deviate.last()).isCloseTo(6, within(1e-9));
        assertThat(deviate.isOnset()).isTrue();
    }

    @Test
    void oneMinuteIsNoOnset() {
        assertThat(of(800, 1200, 400, 1600, 1000, 1000, 3400).isOnset()).isFalse();
        assertThat(of(800, 1200, 400, 1600, 1000, 3400, 1000).isOnset()).isFalse();
    }

    @Test
    void whereNothingVariesNoiseIsNoOnset() {
        assertThat(of(800, 800, 800, 800, 800, 1390, 1390).isOnset()).isFalse();
        assertThat(of(800, 800, 800, 800, 800, 1410, 1410).isOnset()).isTrue();
    }

    @Test
    void withLessThanHalfOfTheMinutesNothingIsSaid() {
        assertThat(of(-1, 800, -1, 800, -1, 3000, 3000).isOnset()).isFalse();
        assertThat(of(-1, 800, 800, 800, -1, 3000, 3000).isOnset()).isTrue();
        assertThat(of(800, 800, 800, 800, 800, -1, 3000).isOnset()).isFalse();
    }

    /** @param occupancies -1: not measured */
    private static StandardNormalDeviate of(int... occupancies) {
        RecentMinutes recent = RecentMinutes.NOTHING;
        for (int i = 0; i < occupancies.length; i++) {
            recent = recent.with(
                    i * 60_000L, occupancies[i] < 0 ? Double.NaN : occupancies[i], StandardNormalDeviate.MINUTES);
        }
        return StandardNormalDeviate.of(recent);
    }

    @Test
    void bothMinutesMustBeAboveTheCriticalValueNotAtIt() {
        assertThat(new StandardNormalDeviate(4.01, 4.01).isOnset()).isTrue();
        assertThat(new StandardNormalDeviate(4, 4.01).isOnset()).isFalse();
        assertThat(new StandardNormalDeviate(4.01, 4).isOnset()).isFalse();
    }
}
