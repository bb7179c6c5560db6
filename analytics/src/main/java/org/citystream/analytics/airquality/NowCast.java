package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AirNow's NowCast for particulates: the last 12 clock hours, weighted by {@code w^age} with w = smallest over largest
 * value, at least 0.5. Valid with two of the last three hours; missing hours leave both sums, and negative noise stays.
 */
public final class NowCast {
    /** Clock hours looked at. */
    public static final int HOURS = 12;

    private static final BigDecimal LEAST_WEIGHT = new BigDecimal("0.5");
    /* Far finer than any truncation step, and coarse enough to undo what a finite division took off a whole step. */
    private static final int RESULT_DECIMALS = 9;

    private NowCast() {}

    /**
     * The NowCast, not truncated, in the unit of the values.
     *
     * @param hours hourly means, newest first, null where missing; those after the twelfth are ignored
     */
    public static Optional<BigDecimal> of(List<? extends @Nullable BigDecimal> hours) {
        List<? extends @Nullable BigDecimal> recent = hours.subList(0, Math.min(HOURS, hours.size()));
        return validity(recent) ? Optional.of(weighted(recent, LEAST_WEIGHT)) : Optional.empty();
    }

    private static boolean validity(List<? extends @Nullable BigDecimal> hours) {
        int present = 0;
        for (@Nullable BigDecimal hour : hours.subList(0, Math.min(3, hours.size()))) {
            present += hour == null ? 0 : 1;
        }
        return present >= 2;
    }

    /** The weighted mean of at least one present hour. */
    static BigDecimal weighted(List<? extends @Nullable BigDecimal> hours, BigDecimal leastWeight) {
        BigDecimal weight = weight(hours, leastWeight);
        BigDecimal power = BigDecimal.ONE;
        BigDecimal weights = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        for (@Nullable BigDecimal hour : hours) {
            if (hour != null) {
                weights = weights.add(power);
                sum = sum.add(power.multiply(hour), MathContext.DECIMAL128);
            }
            power = power.multiply(weight, MathContext.DECIMAL128);
        }
        return sum.divide(weights, MathContext.DECIMAL128).setScale(RESULT_DECIMALS, RoundingMode.HALF_UP);
    }

    static BigDecimal weight(List<? extends @Nullable BigDecimal> hours, BigDecimal leastWeight) {
        BigDecimal smallest = null;
        BigDecimal largest = null;
        for (@Nullable BigDecimal hour : hours) {
            if (hour != null) {
                smallest = smallest == null ? hour : smallest.min(hour);
                largest = largest == null ? hour : largest.max(hour);
            }
        }
        if (smallest == null || largest == null || largest.signum() == 0) {
            return BigDecimal.ONE;
        }
        return smallest.divide(largest, MathContext.DECIMAL128).max(leastWeight).min(BigDecimal.ONE);
    }
}
