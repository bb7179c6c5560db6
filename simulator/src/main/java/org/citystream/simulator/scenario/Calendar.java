package org.citystream.simulator.scenario;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/** Hours at which stories are told. */
final class Calendar {
    static final Set<DayOfWeek> EVERY_DAY = Set.of(DayOfWeek.values());
    static final Set<DayOfWeek> WORKING_DAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    static final Set<DayOfWeek> SATURDAYS = Set.of(DayOfWeek.SATURDAY);

    private Calendar() {}

    /** The latest moment at or before {@code wall} at which it was this time on one of these days. */
    static Instant latest(Instant wall, ZoneId timeZone, LocalTime time, Set<DayOfWeek> days) {
        ZonedDateTime candidate = wall.atZone(timeZone).with(time);
        while (candidate.toInstant().isAfter(wall) || !days.contains(candidate.getDayOfWeek())) {
            candidate = candidate.minusDays(1).with(time);
        }
        return candidate.toInstant();
    }
}
