package org.citystream.model.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When a rule is on: local days and times of day.
 *
 * @param from inclusive
 * @param to exclusive; earlier than {@code from} means past midnight, judged by the day it started
 */
public record Schedule(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId timeZone) {

    public boolean isOn(Instant at) {
        ZonedDateTime local = at.atZone(timeZone);
        LocalTime time = local.toLocalTime();
        if (from.isBefore(to)) {
            return days.contains(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
        }
        if (!time.isBefore(from)) {
            return days.contains(local.getDayOfWeek());
        }
        return time.isBefore(to) && days.contains(local.getDayOfWeek().minus(1));
    }
}
