package org.citystream.simulator.city;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;

/** What a scenario does to the traffic. Pure: the same arguments give the same answers at any time. */
public interface Conditions {
    /**
     * Part of a road that carries less than usual.
     *
     * @param factor remaining share of the capacity, 0..1
     */
    record CapacityDrop(double positionM, double factor) {}

    /** Demand at a corridor's entry and on-ramps, as a share of its peak. */
    double demandShare(Corridor corridor, ZonedDateTime at);

    /** Capacity drops in force at a moment. */
    List<CapacityDrop> capacityDrops(Corridor corridor, Instant at);

    /** A day like any other. */
    static Conditions ordinary() {
        return new Conditions() {
            @Override
            public double demandShare(Corridor corridor, ZonedDateTime at) {
                return corridor.demand().shareAt(at);
            }

            @Override
            public List<CapacityDrop> capacityDrops(Corridor corridor, Instant at) {
                return List.of();
            }
        };
    }
}
