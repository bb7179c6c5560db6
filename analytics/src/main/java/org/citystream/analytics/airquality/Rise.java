package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a pollutant has risen within some hours, by a slope that one odd hour cannot make, and how much it usually
 * changes in such a time.
 *
 * @param amount the Theil-Sen slope (median of the slopes between any two hourly means) over the hours, times the hours
 * @param noise robust standard deviation of what the means changed by in as many hours before: 1.4826 times the median
 *     of the changes' amounts
 */
record Rise(double amount, double noise) {
    /** Makes the median absolute deviation of a normal distribution its standard deviation. */
    private static final double NORMAL = 1.4826;

    private static final int CHANGES_NEEDED = 6;
    private static final int DECIMALS = 3;

    /**
     * Empty while too little is known: the newest mean is missing, fewer than three quarters of the means that the rise
     * is measured on are there, or fewer than six changes before them.
     *
     * @param series hourly means, newest first, null where missing
     * @param hours over which the rise is measured, at least 1
     */
    static Optional<Rise> of(List<? extends @Nullable BigDecimal> series, int hours) {
        List<? extends @Nullable BigDecimal> risen = series.subList(0, hours + 1);
        long present = risen.stream().filter(mean -> mean != null).count();
        List<Double> changes = changes(series.subList(hours + 1, series.size()), hours);
        if (series.get(0) == null || 4 * present < 3L * (hours + 1) || changes.size() < CHANGES_NEEDED) {
            return Optional.empty();
        }
        return Optional.of(new Rise(median(slopes(risen)) * hours, NORMAL * median(changes)));
    }

    /** Per hour, between any two hours that are there. */
    private static List<Double> slopes(List<? extends @Nullable BigDecimal> series) {
        List<Double> slopes = new ArrayList<>();
        for (int newer = 0; newer < series.size(); newer++) {
            for (int older = newer + 1; older < series.size(); older++) {
                BigDecimal to = series.get(newer);
                BigDecimal from = series.get(older);
                if (to != null && from != null) {
                    slopes.add(to.subtract(from).doubleValue() / (older - newer));
                }
            }
        }
        return slopes;
    }

    private static List<Double> changes(List<? extends @Nullable BigDecimal> series, int hours) {
        List<Double> changes = new ArrayList<>();
        for (int newer = 0; newer + hours < series.size(); newer++) {
            BigDecimal to = series.get(newer);
            BigDecimal from = series.get(newer + hours);
            if (to != null && from != null) {
                changes.add(to.subtract(from).abs().doubleValue());
            }
        }
        return changes;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    boolean exceeds(double atLeast, double sigmas) {
        return amount >= atLeast && amount > sigmas * noise;
    }

    static double rounded(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
