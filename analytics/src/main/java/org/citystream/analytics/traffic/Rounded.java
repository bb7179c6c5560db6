package org.citystream.analytics.traffic;

/** Numbers with a fixed count of decimals, so that equal sums give equal bytes. */
public final class Rounded {
    private Rounded() {}

    public static double to(int decimals, double value) {
        double scale = StrictMath.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }
}
