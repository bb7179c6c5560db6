package org.citystream.analytics.traffic;

import org.jspecify.annotations.Nullable;

/** Numbers with a fixed count of decimals, so that equal sums give equal bytes. */
public final class Rounded {
    private Rounded() {}

    public static double to(int decimals, double value) {
        double scale = StrictMath.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }

    /** The same where there is a value; absent if it is NaN or infinite. */
    public static @Nullable Double known(int decimals, double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : Double.valueOf(to(decimals, value));
    }
}
