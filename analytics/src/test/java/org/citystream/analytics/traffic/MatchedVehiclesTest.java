package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.citystream.analytics.pane.Written;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vehicles matched between two places, minute by minute, and how many of them are still remembered. */
class MatchedVehiclesTest {
    private static final long MINUTE = 60_000;

    /** The same with so many vehicles, in thousandths, at this speed in a minute. */
    private static MatchedVehicles with(MatchedVehicles before, int minute, long thousandths, double speedKmh) {
        long slowness = Math.round(thousandths * 1e6 / speedKmh);
        return before.with(minute * MINUTE, MINUTE, thousandths, slowness);
    }

    private static MatchedVehicles twoSlowOnes() {
        return with(MatchedVehicles.NONE, 0, 2000, 20);
    }

    /** Over a kilometre, two vehicles at 20 km/h and one at 50 take 3, 3 and 1.2 minutes: 25 km/h in the space mean. */
    @Test
    void theirSpeedIsTheSpaceMeanOverTheWindow() {
        assertThat(twoSlowOnes().speedKmh()).isEqualTo(20);
        assertThat(with(twoSlowOnes(), 1, 1000, 50).speedKmh()).isEqualTo(25);
        assertThat(MatchedVehicles.NONE.speedKmh()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"999, false", "1000, true"})
    void threeAreEnough(long further, boolean enough) {
        assertThat(with(twoSlowOnes(), 1, further, 50).areEnough()).isEqualTo(enough);
    }

    /** The quarter of an hour that ends with minute 14 began with minute 0. */
    @Test
    void aVehicleIsRememberedForAQuarterOfAnHour() {
        assertThat(with(twoSlowOnes(), 14, 1000, 50).speedKmh()).isEqualTo(25);
        assertThat(with(twoSlowOnes(), 15, 1000, 50).speedKmh()).isEqualTo(50);
    }

    @Test
    void onlyTheMinutesThatAreTooOldAreForgotten() {
        MatchedVehicles matched = twoSlowOnes();
        matched = with(matched, 1, 2000, 20);
        matched = with(matched, 2, 2000, 40);
        matched = with(matched, 3, 2000, 40);

        MatchedVehicles later = with(matched, 16, 0, 1);
        assertThat(later.speedKmh()).isEqualTo(40);
        assertThat(later.entries()).hasSize(2 * 3);
        assertThat(with(matched, 60, 0, 1).entries()).isEmpty();
    }

    @Test
    void aMinuteInWhichNoneWasMatchedAddsNothing() {
        MatchedVehicles matched = with(twoSlowOnes(), 1, 0, 1);

        assertThat(matched.entries()).containsExactly(0, 2000, 100_000_000);
        assertThat(matched.speedKmh()).isEqualTo(20);
    }

    @Test
    void theySurviveTheirBytes() throws Exception {
        MatchedVehicles matched = with(twoSlowOnes(), 1, 1000, 50);

        assertThat(Written.through(matched::write, MatchedVehicles::read).entries())
                .containsExactly(0, 2000, 100_000_000, 60_000, 1000, 20_000_000);
        assertThat(Written.through(MatchedVehicles.NONE::write, MatchedVehicles::read))
                .as("most segments have none: they share it")
                .isSameAs(MatchedVehicles.NONE);
    }
}
