package org.citystream.analytics.traffic;

/** Numbers with a fixed count of decimals, so that equal sums give equal bytes. */
final class Rounded {
    private Rounded() {}

    static double to(int decimals, double value) {
        double scale = StrictMath.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }
}
