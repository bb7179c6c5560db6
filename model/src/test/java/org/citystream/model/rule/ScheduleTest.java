package org.citystream.model.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
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
}
