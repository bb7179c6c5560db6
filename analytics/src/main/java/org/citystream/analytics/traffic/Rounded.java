package org.citystream.analytics.traffic;

import org.jspecify.annotations.Nullable;

/** Numbers with a fixed count of decimals, so that equal sums give equal bytes. */
public final class Rounded {
    /** Powers of ten; exact as doubles. */
    private static final double[] SCALES = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    private Rounded() {}

    /** @param decimals 0..6 */
    public static double to(int decimals, double value) {
        double scale = SCALES[decimals];
        return Math.round(value * scale) / scale;
    }

    /** The same where there is a value; absent if it is NaN or infinite. */
    public static @Nullable Double known(int decimals, double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : Double.valueOf(to(decimals, value));
    }
}
