package org.citystream.simulator.city;

/**
 * How a carriageway's traffic divides over its lanes: the right lane carries more when traffic is thin, the left lanes
 * more and faster when it is dense, and in a queue all lanes crawl alike. Lane 1 is the rightmost.
 *
 * @param flowVehH of the lane
 * @param speedKmh space-mean speed of the lane; over lanes it gives the carriageway's space-mean speed
 */
record LaneTraffic(double flowVehH, double speedKmh) {
    static final int MOST_LANES = 4;

    private static final double[][] THIN = {{1}, {0.62, 0.38}, {0.44, 0.42, 0.14}, {0.34, 0.33, 0.24, 0.09}};
    private static final double[][] DENSE = {{1}, {0.48, 0.52}, {0.29, 0.35, 0.36}, {0.21, 0.25, 0.27, 0.27}};
    private static final double[][] FREE_SPEED = {{1}, {0.96, 1.05}, {0.93, 1.0, 1.09}, {0.92, 0.97, 1.03, 1.1}};

    static LaneTraffic[] of(CorridorMinute minute, int cell) {
        int lanes = minute.corridor().lanes();
        double flow = minute.flowVehH(cell);
        double load = Math.min(1, flow / (minute.corridor().diagram().capacityVehH() * lanes));
        double freedom = Math.max(0, (minute.speedRatio(cell) - 0.4) / 0.6);
        double[] share = new double[lanes];
        double[] factor = new double[lanes];
        double normalise = 0;
        for (int lane = 0; lane < lanes; lane++) {
            double dense = freedom < 0.9 ? 1 : load;
            share[lane] = THIN[lanes - 1][lane] * (1 - dense) + DENSE[lanes - 1][lane] * dense;
            factor[lane] = 1 + (FREE_SPEED[lanes - 1][lane] - 1) * freedom;
            normalise += share[lane] / factor[lane];
        }
        LaneTraffic[] traffic = new LaneTraffic[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            traffic[lane] = new LaneTraffic(flow * share[lane], minute.speedKmh(cell) * factor[lane] * normalise);
        }
        return traffic;
    }
}
