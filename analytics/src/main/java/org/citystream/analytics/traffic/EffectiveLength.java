package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Mean length of vehicle and detection zone together, by which occupancy tells density ({@code k = occupancy / length},
 * Athol 1965) and flow with it speed (the g-factor of PeMS). Calibrated for each detector station as the median over minutes
 * in free flow, in which speed tells density too; until then that of a 22 ft field. Immutable.
 *
 * @param decimetres learned
 */
record EffectiveLength(LearnedPercentile decimetres) {
    static final EffectiveLength UNKNOWN = new EffectiveLength(LearnedPercentile.NONE);

    private static final double DEFAULT_M = 6.7;
    private static final int MEDIAN = 50;
    private static final int SAMPLES_NEEDED = 30;
    /** What no vehicle mix explains is a fault, not a length. */
    private static final double SHORTEST_M = 3;

    private static final double LONGEST_M = 20;
    /** Below these a minute says little. */
    private static final double FLOW_NEEDED_PER_HOUR = 300;

    private static final double FREE_ABOVE_RATIO = 0.8;
    /** Below it too few vehicles were on the detector to tell a speed by. */
    private static final double OCCUPANCY_NEEDED = 0.02;

    EffectiveLength at(Instant start, ZoneId zone) {
        return new EffectiveLength(decimetres.at(start, zone, MEDIAN));
    }

    /** Learns from a minute that measured flow, speed and occupancy. */
    EffectiveLength with(SegmentMinute minute, double speedRatio, Instant end) {
        double metres = 1000 * minute.occupancy() / minute.densityVehKmLane();
        boolean teaches = !minute.estimated()
                && speedRatio > FREE_ABOVE_RATIO
                && minute.flowPerHour() >= FLOW_NEEDED_PER_HOUR
                && metres >= SHORTEST_M
                && metres <= LONGEST_M;
        return teaches ? new EffectiveLength(decimetres.with(10 * metres, end, SAMPLES_NEEDED)) : this;
    }

    double metres() {
        return decimetres.isKnown() ? decimetres.value() / 10.0 : DEFAULT_M;
    }

    /** Per lane, veh/km. @param occupancy 0..1 */
    double densityVehKmLane(double occupancy) {
        return 1000 * occupancy / metres();
    }

    /** Speed by flow and occupancy alone, km/h; NaN where they say too little. @param occupancy 0..1 */
    double speedKmh(double flowPerHourAndLane, double occupancy) {
        return occupancy >= OCCUPANCY_NEEDED && flowPerHourAndLane > 0
                ? flowPerHourAndLane / densityVehKmLane(occupancy)
                : Double.NaN;
    }

    void write(DataOutput out) throws IOException {
        decimetres.write(out);
    }

    static EffectiveLength read(DataInput in) throws IOException {
        return new EffectiveLength(LearnedPercentile.read(in));
    }
}
