package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.citystream.analytics.pane.Written;
import org.junit.jupiter.api.Test;

/** A street in Copenhagen that is slow on Monday mornings. */
class TypicalWeekTest {
    private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
    /** Monday 08:00 in Copenhagen. */
    private static final Instant MONDAY_EIGHT = Instant.parse("2026-11-23T07:00:00Z");

    private static final int WEEK_MINUTES = 7 * 24 * 60;

    private TypicalWeek week = TypicalWeek.NOTHING;

    /** Twenty vehicles in each minute. */
    private void drives(Instant from, int minutes, double speedKmh) {
        for (int i = 0; i < minutes; i++) {
            long[] totals = TrafficMeasure.totals(20, speedKmh, Double.NaN, 60_000);
            week = week.with(
                    from.plusSeconds(60L * i),
                    COPENHAGEN,
                    totals[TrafficMeasure.WEIGHT],
                    totals[TrafficMeasure.SLOWNESS]);
        }
    }

    private double typicalAt(Instant moment) {
        return week.speedKmh(moment, COPENHAGEN);
    }

    @Test
    void anHourIsTypicalForTheSameHourOfLaterWeeks() {
        drives(MONDAY_EIGHT, 60, 20);
        assertThat(typicalAt(MONDAY_EIGHT)).as("the hour is not over yet").isNaN();
        drives(MONDAY_EIGHT.plusSeconds(3600), 60, 60);
        drives(MONDAY_EIGHT.plusSeconds(7200), 1, 60);

        Instant nextMonday = MONDAY_EIGHT.plusSeconds(60L * WEEK_MINUTES);
        assertThat(typicalAt(nextMonday.plusSeconds(59 * 60))).isEqualTo(20);
        assertThat(typicalAt(nextMonday.plusSeconds(3600))).isEqualTo(60);
        assertThat(typicalAt(nextMonday.plusSeconds(86_400)))
                .as("no Tuesday was seen")
                .isNaN();
    }

    @Test
    void weeksAreAveragedAndOldOnesFade() {
        for (int i = 0; i < 12; i++) {
            drives(MONDAY_EIGHT.plusSeconds(60L * WEEK_MINUTES * i), 60, 20);
        }
        for (int i = 12; i < 14; i++) {
            drives(MONDAY_EIGHT.plusSeconds(60L * WEEK_MINUTES * i), 60, 60);
        }
        drives(MONDAY_EIGHT.plusSeconds(60L * WEEK_MINUTES * 14), 1, 60);

        // (7 x 20 + 60) / 8 = 25, (7 x 25 + 60) / 8 = 29.4
        assertThat(typicalAt(MONDAY_EIGHT)).isEqualTo(29.4);
    }

    @Test
    void theHourOfTheWeekIsLocalAlsoInSummer() {
        drives(MONDAY_EIGHT, 60, 20);
        drives(MONDAY_EIGHT.plusSeconds(3600), 1, 60);

        Instant mondayEightInJune = Instant.parse("2027-06-07T06:30:00Z");
        assertThat(typicalAt(mondayEightInJune)).isEqualTo(20);
    }

    @Test
    void anHourInWhichNextToNothingPassedTeachesNothing() {
        week = week.with(MONDAY_EIGHT, COPENHAGEN, 9_999, 1_000_000);
        drives(MONDAY_EIGHT.plusSeconds(3600), 1, 60);

        assertThat(typicalAt(MONDAY_EIGHT)).isNaN();
    }

    /** At 20 km/h ten need half an hour for a kilometre, together. */
    @Test
    void tenVehiclesAnHourTeach() {
        week = week.with(MONDAY_EIGHT, COPENHAGEN, 10_000, 500_000_000);
        drives(MONDAY_EIGHT.plusSeconds(3600), 1, 60);

        assertThat(typicalAt(MONDAY_EIGHT)).isEqualTo(20);
    }

    @Test
    void theWeekEndsWithSundayNight() {
        Instant sundayEleven = Instant.parse("2026-11-29T22:00:00Z");
        drives(sundayEleven, 60, 50);
        drives(sundayEleven.plusSeconds(3600), 60, 30);
        drives(sundayEleven.plusSeconds(7200), 1, 60);

        assertThat(typicalAt(sundayEleven)).isEqualTo(50);
        assertThat(typicalAt(sundayEleven.plusSeconds(3600))).as("Monday").isEqualTo(30);
    }

    @Test
    void whatIsTypicalSurvivesItsBytes() throws Exception {
        drives(MONDAY_EIGHT, 70, 20);
        TypicalWeek read = Written.through(week::write, TypicalWeek::read);

        assertThat(read.speedKmh(MONDAY_EIGHT, COPENHAGEN)).isEqualTo(20);
        assertThat(read.weight()).isEqualTo(week.weight());
        assertThat(Written.bytes(week::write)).hasSize(1 + 168 * 3 + 24);
    }
}
