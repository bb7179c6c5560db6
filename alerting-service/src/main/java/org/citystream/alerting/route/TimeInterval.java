package org.citystream.alerting.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * Recurring local time: every given part must hold, an empty one holds always.
 *
 * @param times minutes of the day, end exclusive: 0..1440
 * @param daysOfMonth 1..31; negative ones count from the month's end, -1 is the last day
 * @param dates only on these days, such as holidays
 * @param exceptDates never on these days
 */
public record TimeInterval(
        List<IntRange> times,
        Set<DayOfWeek> weekdays,
        List<IntRange> daysOfMonth,
        Set<Integer> months,
        List<IntRange> years,
        ZoneId zone,
        List<DateRange> dates,
        List<DateRange> exceptDates) {

    boolean contains(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        LocalDate day = local.toLocalDate();
        int minute = local.getHour() * 60 + local.getMinute();
        return (times.isEmpty() || times.stream().anyMatch(t -> minute >= t.from() && minute < t.to()))
                && (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
                && (daysOfMonth.isEmpty() || daysOfMonth.stream().anyMatch(range -> inMonth(range, day)))
                && (months.isEmpty() || months.contains(day.getMonthValue()))
                && (years.isEmpty() || years.stream().anyMatch(range -> range.contains(day.getYear())))
                && (dates.isEmpty() || dates.stream().anyMatch(range -> range.contains(day)))
                && exceptDates.stream().noneMatch(range -> range.contains(day));
    }

    private static boolean inMonth(IntRange range, LocalDate day) {
        int length = day.lengthOfMonth();
        int from = range.from() < 0 ? length + 1 + range.from() : range.from();
        int to = range.to() < 0 ? length + 1 + range.to() : range.to();
        return day.getDayOfMonth() >= from && day.getDayOfMonth() <= to;
    }
}
