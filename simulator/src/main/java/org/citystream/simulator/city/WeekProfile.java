package org.citystream.simulator.city;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How traffic varies over the week: shares of the peak at whole local hours, joined by straight lines.
 *
 * @param weekday 24 shares, Monday to Friday
 * @param weekend 24 shares, Saturday and Sunday
 */
public record WeekProfile(List<Double> weekday, List<Double> weekend) {
    private static final int HOURS = 24;

    public WeekProfile {
        weekday = List.copyOf(weekday);
        weekend = List.copyOf(weekend);
        requireHours("weekday", weekday);
        requireHours("weekend", weekend);
    }

    private static void requireHours(String name, List<Double> shares) {
        if (shares.size() != HOURS) {
            throw new IllegalArgumentException(name + " must have 24 hours but has " + shares.size());
        }
        if (!shares.stream().allMatch(share -> share >= 0 && share <= 2)) {
            throw new IllegalArgumentException(name + " must be shares of the peak within 0..2 but is " + shares);
        }
    }

    /** Share of the peak at a moment. */
    public double shareAt(ZonedDateTime at) {
        double before = hours(at.getDayOfWeek()).get(at.getHour());
        ZonedDateTime next = at.plusHours(1);
        double after = hours(next.getDayOfWeek()).get(next.getHour());
        double within = (at.getMinute() * 60 + at.getSecond()) / 3600.0;
        return before + within * (after - before);
    }

    private List<Double> hours(DayOfWeek day) {
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? weekend : weekday;
    }

    /** The same some hours later; negative: earlier. */
    public WeekProfile later(double hours) {
        return new WeekProfile(later(weekday, hours), later(weekend, hours));
    }

    private static List<Double> later(List<Double> shares, double hours) {
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> {
                    double from = ((hour - hours) % HOURS + HOURS) % HOURS;
                    int before = (int) from % HOURS;
                    double within = from - StrictMath.floor(from);
                    return shares.get(before) * (1 - within) + shares.get((before + 1) % HOURS) * within;
                })
                .toList();
    }
}
