package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is usual beside the neighbours, and when it is left. ln 1.5 = 0.405465. */
class DepartureTest {
    private static Departure known(double scatter, double lately, int hours, boolean drifts) {
        return new Departure("no2UgM3", 0, scatter, lately, hours, drifts, 7);
    }

    private static void assertDeparture(Departure actual, double usual, double scatter, double lately) {
        assertThat(actual.usual()).isCloseTo(usual, within(1e-6));
        assertThat(actual.scatter()).isCloseTo(scatter, within(1e-6));
        assertThat(actual.lately()).isCloseTo(lately, within(1e-6));
    }

    @Test
    void theFirstHoursAreAveraged() {
        Departure first = Departure.first("no2UgM3", 0.2, 5);
        assertThat(first).isEqualTo(new Departure("no2UgM3", 0.2, 0, 0.2, 1, false, 5));

        Departure second = first.next(1.2, 6);
        assertDeparture(second, 0.7, 0.5, 0.7);
        assertThat(second.hours()).isEqualTo(2);
        assertThat(second.sinceMillis()).isEqualTo(6);
        assertDeparture(second.next(-0.5, 7), 0.3, 0.5 + 0.7 / 3, 0.3);
    }

    /** 24 hours are lately: 0.4 moves by a 24th of what it differs. An hour counts for 0.15 + 0.050683 at most. */
    @Test
    void afterTwoDaysNoHourCountsForMuch() {
        Departure up = known(0.1, 0.4, 100, false).next(0.5, 9);
        assertDeparture(up, 0.200683 / 101, 0.1 + 0.100683 / 101, 0.404167);
        assertThat(up.drifts()).isFalse();
        assertThat(up.sinceMillis()).isEqualTo(9);

        Departure down = known(0.1, 0.4, 100, false).next(-0.5, 9);
        assertDeparture(down, -0.200683 / 101, 0.1 + 0.100683 / 101, 0.3625);
        assertDeparture(known(0.1, 0.4, 46, false).next(0.5, 9), 0.5 / 47, 0.1 + 0.4 / 47, 0.404167);
    }

    @Test
    void whileItDriftsNothingIsLearned() {
        Departure drifting = known(0.1, 0.4, 100, false).next(0.6, 9);
        assertThat(drifting.drifts()).isTrue();
        assertDeparture(drifting, 0, 0.1, 0.408333);
        assertThat(drifting.sinceMillis()).isEqualTo(9);
        assertThat(drifting.hours()).isEqualTo(101);
        assertThat(drifting.factor()).isCloseTo(1.504308, within(1e-6));
        assertThat(drifting.next(0.6, 10).sinceMillis()).isEqualTo(9);
    }

    /** Half as much again; or one and a half of its scatter; and back by half of that. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.405, 100, false, false",
        "0.1, 0.406, 100, false, true",
        "0.1, -0.406, 100, false, true",
        "0.1, 0.406, 46, false, false",
        "0.1, 0.406, 47, false, true",
        "0.4, 0.599, 100, false, false",
        "0.4, 0.601, 100, false, true",
        "0.1, 0.203, 100, true, true",
        "0.1, 0.202, 100, true, false",
    })
    void driftIsMoreThanHalfAsMuchAgain(double scatter, double lately, int hours, boolean before, boolean drifts) {
        assertThat(known(scatter, lately, hours, before).next(lately, 9).drifts())
                .isEqualTo(drifts);
    }

    @Test
    void aMonthIsRemembered() {
        assertThat(known(0, 0, 719, false).next(0, 9).hours()).isEqualTo(720);
        assertThat(known(0, 0, 720, false).next(0, 9).hours()).isEqualTo(720);
    }
}
