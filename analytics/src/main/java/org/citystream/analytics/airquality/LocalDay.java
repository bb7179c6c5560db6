package org.citystream.analytics.airquality;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calendar days of a station, made of clock hours: an hour belongs to the day that its last moment lies in, which matters
 * where local time is half an hour off.
 */
final class LocalDay {
    /** Where clocks change, days are an hour shorter or longer. */
    static final int LONGEST_HOURS = 25;

    private LocalDay() {}

    /** Start of the first hour of the day that ends with this hour; null if it goes on. */
    static @Nullable Instant endingWith(Instant hourStart, ZoneId zone) {
        return hoursLeft(hourStart, zone) > 1
                ? null
                : date(hourStart, zone).atStartOfDay(zone).toInstant().truncatedTo(ChronoUnit.HOURS);
    }

    /** Clock hours from this one on that belong to its day, this one included. */
    static int hoursLeft(Instant hourStart, ZoneId zone) {
        Instant midnight = date(hourStart, zone).plusDays(1).atStartOfDay(zone).toInstant();
        return (int) Math.max(1, Duration.between(hourStart, midnight).toHours());
    }

    private static LocalDate date(Instant hourStart, ZoneId zone) {
        return hourStart.plus(AirFold.PANE).minusMillis(1).atZone(zone).toLocalDate();
    }
}
