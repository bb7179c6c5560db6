package org.citystream.alerting.route;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/** Days, both ends inclusive: {@code 2026-12-24}, {@code 2026-12-24:2026-12-26}, or without the year each year. */
public record DateRange(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable MonthDay fromDay,
        @Nullable MonthDay toDay) {

    /** @throws DateTimeException if it is not one */
    static DateRange parse(String text) {
        String[] ends = text.strip().split(":", -1);
        String last = ends[ends.length - 1].strip();
        String first = ends[0].strip();
        if (ends.length > 2) {
            throw new DateTimeException("'" + text + "' has more than two ends");
        }
        if (first.length() == 5) {
            return new DateRange(null, null, MonthDay.parse("--" + first), MonthDay.parse("--" + last));
        }
        return new DateRange(LocalDate.parse(first), LocalDate.parse(last), null, null);
    }

    boolean contains(LocalDate day) {
        if (from != null && to != null) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
        if (fromDay == null || toDay == null) {
            return false;
        }
        MonthDay at = MonthDay.from(day);
        boolean afterFrom = !at.isBefore(fromDay);
        boolean beforeTo = !at.isAfter(toDay);
        // A range such as 12-24:01-02 goes over the turn of the year.
        return fromDay.isAfter(toDay) ? afterFrom || beforeTo : afterFrom && beforeTo;
    }
}
