package org.citystream.simulator.city;

/**
 * The body of air over the city, as a square box open to the wind.
 *
 * @param lengthM length of its sides
 * @param trafficShare share of the city's traffic that drives on the simulated roads, above 0 to 1; the rest emits in
 *     proportion
 */
public record Airshed(double lengthM, double trafficShare) {
    public Airshed {
        if (!(lengthM >= 1_000 && lengthM <= 200_000)) {
            throw new IllegalArgumentException("lengthM must be within 1000..200000 but is " + lengthM);
        }
        if (!(trafficShare > 0 && trafficShare <= 1)) {
            throw new IllegalArgumentException("trafficShare must be above 0 and at most 1 but is " + trafficShare);
        }
    }

    double areaM2() {
        return lengthM * lengthM;
    }
}
