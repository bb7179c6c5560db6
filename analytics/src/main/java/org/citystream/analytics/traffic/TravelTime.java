package org.citystream.analytics.traffic;

/** How much longer a way takes than when traffic flows freely. NaN in, NaN out. */
public final class TravelTime {
    private static final double METRES_PER_KM = 1000;

    private TravelTime() {}

    /**
     * Travel Time Index: travel time over that in free flow, at least 1.
     *
     * <p>Texas A&amp;M Transportation Institute, Urban Mobility Report.
     */
    public static double index(double freeFlowSpeedKmh, double speedKmh) {
        return Math.max(1, freeFlowSpeedKmh / speedKmh);
    }

    /**
     * Planning Time Index: the 95th percentile of travel time over that in free flow, at least 1; whoever plans for it is
     * late one time in twenty.
     *
     * @param slowSpeedKmh 5th percentile of speed, which is the 95th of travel time
     */
    public static double planningTimeIndex(double freeFlowSpeedKmh, double slowSpeedKmh) {
        return index(freeFlowSpeedKmh, slowSpeedKmh);
    }

    /** Congestion level as TomTom defines it: extra travel time in per cent of that in free flow. */
    public static double congestionLevelPercent(double travelTimeIndex) {
        return (travelTimeIndex - 1) * 100;
    }

    /**
     * Vehicle delay, veh-h: {@code F (L / V - L / Vt)}, at least 0.
     *
     * <p>Caltrans Performance Measurement System, which takes 35 to 60 mph as the reference; here it is free flow.
     *
     * @param vehicles that passed
     */
    public static double vehicleDelayVehH(double vehicles, double lengthM, double speedKmh, double referenceSpeedKmh) {
        double km = lengthM / METRES_PER_KM;
        return Math.max(0, vehicles * (km / speedKmh - km / referenceSpeedKmh));
    }
}
