package org.citystream.model.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");

    /** Winter time is UTC+1; 2026-11-23 is a Monday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T04:59:59Z, false",
        "2026-11-23T05:00:00Z, true",
        "2026-11-23T18:59:59Z, true",
        "2026-11-23T19:00:00Z, false",
        "2026-11-22T12:00:00Z, false"
    })
    void workingDaysFromSixToTwenty(Instant at, boolean on) {
        Schedule schedule = new Schedule(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(6, 0), LocalTime.of(20, 0), COPENHAGEN);

        assertThat(schedule.isOn(at)).isEqualTo(on);
    }

    /** The night belongs to the day it began: Friday night reaches into Saturday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T21:00:00Z, true",
        "2026-11-28T04:00:00Z, true",
        "2026-11-28T05:00:00Z, false",
        "2026-11-28T22:00:00Z, false",
        "2026-11-27T04:00:00Z, false"
    })
    void fridayNight(Instant at, boolean on) {
        Schedule schedule =
                new Schedule(EnumSet.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), COPENHAGEN);

        assertThat(schedule.isOn(at)).isEqualTo(on);
    }

    /** 2026-12-25 is a Friday, 2026-12-28 a Monday. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-23T12:00:00Z, true",
        "2026-12-24T12:00:00Z, false",
        "2026-12-25T12:00:00Z, false",
        "2026-12-26T12:00:00Z, false",
        "2026-12-28T12:00:00Z, true",
        "2027-01-01T12:00:00Z, false",
        "2026-12-31T22:59:59Z, true",
        "2026-12-31T23:00:00Z, false"
    })
    void onHolidaysTheRuleIsOff(Instant at, boolean on) {
        Schedule schedule = new Schedule(
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                COPENHAGEN,
                List.of(Holiday.parse("2026-12-24/2026-12-26"), Holiday.parse("2027-01-01")),
                null);

        assertThat(schedule.isOn(at)).isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-25T12:00:00Z, true", "2026-12-24T12:00:00Z, false", "2026-12-27T12:00:00Z, true"})
    void orTheyCountAsAnotherDay(Instant at, boolean on) {
        Schedule sundays = new Schedule(
                EnumSet.of(DayOfWeek.SUNDAY),
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                COPENHAGEN,
                List.of(Holiday.parse("2026-12-25")),
                DayOfWeek.SUNDAY);

        assertThat(sundays.isOn(at)).isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-25T22:00:00Z, false", "2026-12-26T03:00:00Z, false", "2026-12-26T22:00:00Z, true"})
    void theNightOfAHolidayReachesIntoTheNextDay(Instant at, boolean on) {
        Schedule nights = new Schedule(
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.of(22, 0),
                LocalTime.of(6, 0),
                COPENHAGEN,
                List.of(Holiday.parse("2026-12-25")),
                null);

        assertThat(nights.isOn(at)).isEqualTo(on);
    }

    /** On 2026-03-29 01:59:59 is followed by 03:00 there, on 2026-10-25 02:59:59 by 02:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T05:00:00Z, true",
        "2026-03-29T03:59:59Z, false",
        "2026-03-29T04:00:00Z, true",
        "2026-10-24T04:00:00Z, true",
        "2026-10-25T04:59:59Z, false",
        "2026-10-25T05:00:00Z, true"
    })
    void sixInTheMorningStaysSixInTheMorningWhenTheClocksChange(Instant at, boolean on) {
        Schedule mornings =
                new Schedule(EnumSet.allOf(DayOfWeek.class), LocalTime.of(6, 0), LocalTime.of(20, 0), COPENHAGEN);

        assertThat(mornings.isOn(at)).isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:59:59Z, false",
        "2026-03-29T01:00:00Z, true",
        "2026-03-29T01:29:59Z, true",
        "2026-03-29T01:30:00Z, false",
        "2026-10-25T00:30:00Z, true",
        "2026-10-25T01:00:00Z, false",
        "2026-10-25T01:30:00Z, true",
        "2026-10-25T02:00:00Z, true",
        "2026-10-25T02:30:00Z, false"
    })
    void anHourThatIsLeftOutIsPassedOverAndOneThatComesTwiceCountsTwice(Instant at, boolean on) {
        Schedule night =
                new Schedule(EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 30), LocalTime.of(3, 30), COPENHAGEN);

        assertThat(night.isOn(at)).isEqualTo(on);
    }
}
