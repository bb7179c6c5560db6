package org.citystream.simulator.scenario;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What an incident leaves of a road's capacity (Highway Capacity Manual 2010, exhibit 10-17): less than the lanes that stay
 * open would carry, since drivers slow down and look.
 *
 * @param lanesBlocked 0: the shoulder only
 * @param capacityFactor remaining share of the whole road's capacity
 */
record Blockage(int lanesBlocked, double capacityFactor) {
    private static final double[][] REMAINING = {
        {0.81, 0},
        {0.81, 0.35, 0},
        {0.83, 0.49, 0.17, 0},
        {0.85, 0.58, 0.25, 0.13, 0},
    };

    /** From the slightest, that of the shoulder, to the worst that still lets vehicles pass. */
    static List<Blockage> of(int lanes) {
        double[] remaining = REMAINING[lanes - 1];
        return IntStream.range(0, Math.max(1, lanes))
                .mapToObj(blocked -> new Blockage(blocked, remaining[blocked]))
                .toList();
    }

    String said(int lanes) {
        return lanesBlocked == 0 ? "shoulder blocked" : lanesBlocked + " of " + lanes + " lanes blocked";
    }
}
