package org.citystream.simulator.city;

import java.time.ZonedDateTime;

/**
 * Vehicles per hour that want to enter, by local hour and kind of day.
 *
 * @param peakVehH demand where the profile is 1
 */
public record DemandProfile(double peakVehH, WeekProfile week) {
    public DemandProfile {
        if (!(peakVehH >= 0)) {
            throw new IllegalArgumentException("peakVehH must not be below 0 but is " + peakVehH);
        }
    }

    /** Share of the peak at a moment. */
    public double shareAt(ZonedDateTime at) {
        return week.shareAt(at);
    }
}
