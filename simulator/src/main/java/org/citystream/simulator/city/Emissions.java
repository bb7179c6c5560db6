package org.citystream.simulator.city;

/**
 * What traffic emits, by speed: per kilometre most in stop and go, least near 60 km/h, more again at high speed. Factors
 * are of the order of a mixed European fleet of the mid 2010s (NOx 0.6 g/km, PM2.5 0.03, coarse 0.05, CO 0.8 at 60 km/h).
 */
final class Emissions {
    private static final Pollution MICROGRAMS_PER_METRE = new Pollution(600, 30, 50, 0.8);

    private Emissions() {}

    /** Emission of a cell, µg (CO: mg) per metre of road and second. */
    static Pollution perMetreAndSecond(CorridorMinute minute, int cell) {
        double vehiclesPerSecond = minute.flowVehH(cell) / 3_600;
        return MICROGRAMS_PER_METRE.times(vehiclesPerSecond * speedFactor(minute.speedKmh(cell)));
    }

    /** Emission of a whole corridor, µg (CO: mg) per second. */
    static Pollution perSecond(CorridorMinute minute) {
        Pollution sum = Pollution.NONE;
        for (int cell = 0; cell < minute.cells(); cell++) {
            sum = sum.plus(perMetreAndSecond(minute, cell));
        }
        return sum.times(minute.cellLengthM());
    }

    static double speedFactor(double speedKmh) {
        double speed = Math.max(3, speedKmh);
        return 0.45 + 18 / speed + 0.25 * (speed / 60) * (speed / 60);
    }
}
