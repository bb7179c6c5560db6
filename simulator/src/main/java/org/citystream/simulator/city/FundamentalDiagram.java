package org.citystream.simulator.city;

/**
 * Triangular relation of flow and density on one lane (Daganzo 1994): speed is free-flow speed up to capacity, and
 * beyond it disturbances run upstream at {@link #waveSpeedKmh}.
 *
 * @param capacityVehH vehicles per hour and lane
 * @param jamDensityVehKm vehicles per kilometre and lane at standstill
 */
public record FundamentalDiagram(double freeFlowSpeedKmh, double capacityVehH, double jamDensityVehKm) {
    public FundamentalDiagram {
        if (!(freeFlowSpeedKmh > 0 && capacityVehH > 0 && jamDensityVehKm > capacityVehH / freeFlowSpeedKmh)) {
            throw new IllegalArgumentException("a triangle needs speed and capacity above 0 and jam density above "
                    + "critical density, but is " + freeFlowSpeedKmh + " km/h, " + capacityVehH + " veh/h, "
                    + jamDensityVehKm + " veh/km");
        }
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
