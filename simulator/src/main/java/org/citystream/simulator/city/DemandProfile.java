package org.citystream.simulator.city;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Vehicles per hour that want to enter, by local hour and kind of day: values at whole hours, joined by straight lines.
 *
 * @param peakVehH demand where the profile is 1
 * @param weekday 24 shares of the peak, Monday to Friday
 * @param weekend 24 shares of the peak, Saturday and Sunday
 */
public record DemandProfile(double peakVehH, List<Double> weekday, List<Double> weekend) {
    public DemandProfile {
        if (weekday.size() != 24 || weekend.size() != 24) {
            throw new IllegalArgumentException(
                    "a profile has 24 hours but has " + weekday.size() + " and " + weekend.size());
        }
        weekday = List.copyOf(weekday);
        weekend = List.copyOf(weekend);
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
}
