package org.citystream.simulator.plan;

/**
 * Who wants to enter a road.
 *
 * @param peakVehH vehicles per hour at the upstream end where the profile is 1
 * @param profile name of one of the city's or the built-in profiles
 */
record DemandPlan(double peakVehH, String profile) {
    DemandPlan {
        if (!(peakVehH >= 0 && peakVehH <= 20_000)) {
            throw new IllegalArgumentException("peakVehH must be within 0..20000 but is " + peakVehH);
        }
        profile = profile == null ? Profiles.BOTH : profile;
    }
}
