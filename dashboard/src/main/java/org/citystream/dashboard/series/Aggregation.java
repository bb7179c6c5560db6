package org.citystream.dashboard.series;

import java.util.Map;
import org.citystream.model.series.Series;

/**
 * How the windows of a field become one coarser window. Speeds are space-mean speeds: their arithmetic mean would be too
 * high in congestion. An index is a worst case, so the worst of the hours counts, and trust likewise the lowest.
 */
public enum Aggregation {
    MEAN,
    /** The newest, of text. */
    LAST,
    HIGHEST,
    LOWEST,
    /**
     * sum(q) / sum(q / v) over windows with flow q and speed v above 0; where no flow was measured the harmonic mean of v;
     * where no speed was above 0 the mean.
     */
    SPACE_MEAN_SPEED,
    /** The direction of the mean of unit vectors, degrees 0..360. */
    DIRECTION;

    private static final Map<String, Aggregation> SPECIAL = Map.of(
            "speed_kmh", SPACE_MEAN_SPEED,
            "wind_direction_deg", DIRECTION,
            "us_aqi", HIGHEST,
            "european_index", HIGHEST,
            "trust", LOWEST);

    /** @throws IllegalArgumentException if the series has no such field */
    public static Aggregation of(Series series, String field) {
        String unit = series.fields().get(field);
        if (unit == null) {
            throw new IllegalArgumentException(field + " is not a field of " + series.measurement());
        }
        return SPECIAL.getOrDefault(field, unit.equals(Series.TEXT) ? LAST : MEAN);
    }
}
