package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Pane;
import org.citystream.model.rule.Pollutant;
import org.jspecify.annotations.Nullable;

/**
 * The means of one clock hour of one station, weighted by the time that each reading covers. A pollutant's mean is
 * valid when one of the station's sensors covers at least 75 % of the hour (2008/50/EC Annex XI, 2024/2881).
 */
final class HourlyMeans {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final int COMPLETENESS_DECIMALS = 3;

    private final Pane pane;
    private final AirDoubts doubts;

    /** @param doubts what counts for nothing */
    HourlyMeans(Pane pane, AirDoubts doubts) {
        this.pane = pane;
        this.doubts = doubts;
    }

    /** The valid mean in the unit of the readings; empty below 75 % capture. */
    Optional<BigDecimal> valid(Pollutant pollutant) {
        AirMeasure measure = AirMeasure.of(pollutant);
        return 4 * bestCoverMillis(measure) >= 3 * HOUR_MILLIS ? soFar(measure) : Optional.empty();
    }

    /** Whether an instrument stood at the end of its range for some of the hour, so that the mean is a lower bound. */
    boolean isLowerBound(Pollutant pollutant) {
        int atEnd = AirMeasure.atEnd(pollutant).ordinal();
        return pane.cells().stream()
                .anyMatch(cell -> cell.measuredMillis(atEnd) > 0 && !doubts.concern(cell, AirMeasure.of(pollutant)));
    }

    /** The mean of whatever has been measured, for an hour that still runs. */
    Optional<BigDecimal> soFar(AirMeasure measure) {
        long sum = 0;
        long millis = 0;
        for (Cell cell : pane.cells()) {
            if (!doubts.concern(cell, measure)) {
                sum += cell.sum(measure.ordinal());
                millis += cell.measuredMillis(measure.ordinal());
            }
        }
        return millis == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(sum, AirMeasure.DECIMALS)
                        .divide(BigDecimal.valueOf(millis), AirMeasure.DECIMALS, RoundingMode.HALF_UP));
    }

    @Nullable Double rounded(AirMeasure measure, int decimals) {
        return soFar(measure)
                .map(mean -> mean.setScale(decimals, RoundingMode.HALF_UP).doubleValue())
                .orElse(null);
    }

    /** Where the wind came from, degrees 0..360: the direction of the mean unit vector; null without one. */
    @Nullable Double windDirection() {
        Optional<BigDecimal> sine = soFar(AirMeasure.WIND_SINE);
        Optional<BigDecimal> cosine = soFar(AirMeasure.WIND_COSINE);
        if (sine.isEmpty()
                || cosine.isEmpty()
                || (sine.get().signum() == 0 && cosine.get().signum() == 0)) {
            return null;
        }
        double degrees = StrictMath.toDegrees(
                StrictMath.atan2(sine.get().doubleValue(), cosine.get().doubleValue()));
        return Math.floorMod(Math.round(degrees * 10), 3600) / 10.0;
    }

    /** Per pollutant that was measured: share of the hour covered, 0..1, three decimals, rounded down. */
    Map<String, Double> completeness() {
        Map<String, Double> shares = new TreeMap<>();
        for (Pollutant pollutant : Pollutant.values()) {
            long covered = bestCoverMillis(AirMeasure.of(pollutant));
            if (covered > 0) {
                shares.put(
                        pollutant.wireName(),
                        BigDecimal.valueOf(Math.min(covered, HOUR_MILLIS))
                                .divide(BigDecimal.valueOf(HOUR_MILLIS), COMPLETENESS_DECIMALS, RoundingMode.DOWN)
                                .doubleValue());
            }
        }
        return shares;
    }

    private long bestCoverMillis(AirMeasure measure) {
        long best = 0;
        for (Cell cell : pane.cells()) {
            if (!doubts.concern(cell, measure)) {
                best = Math.max(best, cell.measuredMillis(measure.ordinal()));
            }
        }
        return best;
    }
}
