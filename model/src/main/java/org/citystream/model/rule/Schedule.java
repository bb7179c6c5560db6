package org.citystream.model.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a rule is on: local days and times of day, as the clocks on the wall show them. A time of day that a change of
 * the clocks leaves out is passed over with it; one that comes twice counts twice.
 *
 * @param from inclusive
 * @param to exclusive; not later than {@code from} means past midnight, judged by the day it started
 * @param holidays days on which the rule is off, unless {@code holidaysAs} says otherwise
 * @param holidaysAs the day of the week that holidays count as
 */
public record Schedule(
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        ZoneId timeZone,
        List<Holiday> holidays,
        @Nullable DayOfWeek holidaysAs) {

    /** A schedule that knows no holidays. */
    public Schedule(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId timeZone) {
        this(days, from, to, timeZone, List.of(), null);
    }

    public boolean isOn(Instant at) {
        ZonedDateTime local = at.atZone(timeZone);
        LocalTime time = local.toLocalTime();
        if (from.isBefore(to)) {
            return isOn(local.toLocalDate()) && !time.isBefore(from) && time.isBefore(to);
        }
        if (!time.isBefore(from)) {
            return isOn(local.toLocalDate());
        }
        return time.isBefore(to) && isOn(local.toLocalDate().minusDays(1));
    }

    private boolean isOn(LocalDate day) {
        for (Holiday holiday : holidays) {
            if (holiday.covers(day)) {
                return holidaysAs != null && days.contains(holidaysAs);
            }
        }
        return days.contains(day.getDayOfWeek());
    }
}
