package org.citystream.simulator.plan;

import org.citystream.simulator.city.Draws;

/**
 * What differs from city to city, and between which bounds. A seed draws each of them evenly, for each road on its own.
 * Factors multiply what the plan says.
 */
public enum Range {
    FREE_FLOW_SPEED("free-flow speed", "factor", 0.85, 1.15),
    CAPACITY("capacity of a lane", "factor", 0.9, 1.1),
    WAVE_SPEED("speed of jam fronts, upstream", "km/h", 15, 20),
    CAPACITY_DROP("capacity drop of a discharging queue", "share", 0, 0.12),
    DEMAND("peak demand by capacity", "factor", 0.85, 1.1),
    PEAK_SHIFT("peaks later than planned", "min", -45, 45),
    SPACING("mean distance of detectors", "factor", 0.7, 1.8),
    SPACING_SCATTER("unevenness of these distances", "share of the distance", 0, 0.25),
    EFFECTIVE_LENGTH("vehicle plus detection zone", "m", 5.8, 7.5),
    COUNT_SCATTER("scatter of a count", "square roots of the count", 0.2, 0.8),
    CALIBRATION_SCATTER("scatter of detectors' speed gains", "share", 0, 0.04),
    OCCUPANCY_SCATTER("scatter of an occupancy", "share", 0.01, 0.08),
    CORRIDOR_LENGTH("length of a varied corridor", "m", 9_000, 18_000),
    CORRIDOR_LANES("lanes of a varied corridor", "whole number", 2, 4),
    CORRIDOR_JUNCTIONS("junctions of a varied corridor", "whole number", 1, 4),
    CORRIDOR_RAMP("share that leaves, and that joins, at a junction", "share", 0.05, 0.18);

    private final String meaning;
    private final String unit;
    private final double from;
    private final double to;

    Range(String meaning, String unit, double from, double to) {
        this.meaning = meaning;
        this.unit = unit;
        this.from = from;
        this.to = to;
    }

    public String meaning() {
        return meaning;
    }

    public String unit() {
        return unit;
    }

    public double from() {
        return from;
    }

    public double to() {
        return to;
    }

    /** To four digits behind the point, as one writes it into a file. */
    double draw(Draws draws) {
        return Math.round(draws.stream(name()).between(0, from, to) * 10_000) / 10_000.0;
    }

    /** A whole number from the range, both ends included. */
    int drawWhole(Draws draws) {
        return (int) StrictMath.floor(draws.stream(name()).between(0, from, to + 1));
    }
}
