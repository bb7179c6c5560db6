package org.citystream.simulator.city;

/**
 * Triangular relation of flow and density on one lane (Daganzo 1994): speed is free-flow speed up to capacity, and
 * beyond it disturbances run upstream at {@link #waveSpeedKmh}.
 *
 * @param capacityVehH vehicles per hour and lane
 * @param jamDensityVehKm vehicles per kilometre and lane at standstill
 * @param capacityDrop share of the capacity that is missing while a queue discharges, 0..0.3: drivers who have stood
 *     leave at larger distances (4 to 15 % were measured, Cassidy and Bertini 1999, Chung et al. 2007)
 */
public record FundamentalDiagram(
        double freeFlowSpeedKmh, double capacityVehH, double jamDensityVehKm, double capacityDrop) {
    public FundamentalDiagram {
        if (!(freeFlowSpeedKmh > 0 && capacityVehH > 0 && jamDensityVehKm > capacityVehH / freeFlowSpeedKmh)) {
            throw new IllegalArgumentException("a triangle needs speed and capacity above 0 and jam density above "
                    + "critical density, but is " + freeFlowSpeedKmh + " km/h, " + capacityVehH + " veh/h, "
                    + jamDensityVehKm + " veh/km");
        }
        if (!(capacityDrop >= 0 && capacityDrop <= 0.3)) {
            throw new IllegalArgumentException("capacityDrop must be within 0..0.3 but is " + capacityDrop);
        }
    }

    /** A triangle by the speed at which its waves run upstream. */
    public static FundamentalDiagram ofWaveSpeed(
            double freeFlowSpeedKmh, double capacityVehH, double waveSpeedKmh, double capacityDrop) {
        double jamDensityVehKm = capacityVehH / freeFlowSpeedKmh + capacityVehH / waveSpeedKmh;
        return new FundamentalDiagram(freeFlowSpeedKmh, capacityVehH, jamDensityVehKm, capacityDrop);
    }

    /** Vehicles per hour and lane that leave a standing queue. */
    public double dischargeVehH() {
        return capacityVehH * (1 - capacityDrop);
    }

    /** Density at capacity, vehicles per kilometre and lane. */
    public double criticalDensityVehKm() {
        return capacityVehH / freeFlowSpeedKmh;
    }

    /** Speed at which a jam's downstream front moves upstream, km/h (positive). */
    public double waveSpeedKmh() {
        return capacityVehH / (jamDensityVehKm - criticalDensityVehKm());
    }

    /** Density of the congested state that carries this flow, vehicles per kilometre and lane. */
    public double congestedDensityVehKm(double flowVehH) {
        return jamDensityVehKm - flowVehH / waveSpeedKmh();
    }

    /** Density of the free state that carries this flow, vehicles per kilometre and lane. */
    public double freeDensityVehKm(double flowVehH) {
        return flowVehH / freeFlowSpeedKmh;
    }
}
