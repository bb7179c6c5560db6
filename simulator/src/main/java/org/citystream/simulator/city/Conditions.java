package org.citystream.simulator.city;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * What a scenario does to the city: each method is given what would be usual and answers with what is. Pure: the same
 * arguments give the same answers at any time. By default everything is as usual.
 */
public interface Conditions {
    /**
     * Part of a road that carries less than usual.
     *
     * @param fromM upstream end, m along the corridor
     * @param toM downstream end; the same for one place
     * @param capacityFactor remaining share of the capacity, 0..1
     * @param speedFactor remaining share of the free-flow speed, above 0 to 1
     */
    record CapacityDrop(double fromM, double toM, double capacityFactor, double speedFactor) {}

    /** Demand at a corridor's entry and on-ramps, as a share of its peak. */
    default double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
        return usual;
    }

    /** Capacity drops in force at a moment. */
    default List<CapacityDrop> capacityDrops(Corridor corridor, Instant at) {
        return List.of();
    }

    /** Weather over the city. */
    default Weather weather(Instant at, Weather usual) {
        return usual;
    }

    /** The air that flows in. */
    default RegionalAir regionalAir(Instant at, Weather weather, RegionalAir usual) {
        return usual;
    }

    /** A day like any other. */
    static Conditions ordinary() {
        return new Conditions() {};
    }
}
