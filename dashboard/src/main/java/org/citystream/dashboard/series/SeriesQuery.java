package org.citystream.dashboard.series;

import java.time.Duration;
import java.time.Instant;
import org.citystream.model.series.Series;

/**
 * One field of one subject over time.
 *
 * @param series the measurement
 * @param field a field of {@code series}
 * @param subject any text; compared with the measurement's subject tag
 * @param from exclusive, since points are stamped with the end of their window
 * @param to inclusive
 * @param step width of the windows asked for, whole seconds; windows start at multiples of it since 1970
 */
public record SeriesQuery(Series series, String field, String subject, Instant from, Instant to, Duration step) {
    public SeriesQuery {
        if (!series.fields().containsKey(field)) {
            throw new IllegalArgumentException("field '" + field + "' is not of " + series.measurement());
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to but is " + from + " .. " + to);
        }
        if (step.getSeconds() < 1 || step.getNano() != 0) {
            throw new IllegalArgumentException("step must be whole seconds, at least one, but is " + step);
        }
    }

    /**
     * Whether a step holds at most one point, so that there is nothing to aggregate: of segments and corridors there is one
     * for each minute.
     */
    public boolean isFinest() {
        return (series.equals(Series.TRAFFIC) || series.equals(Series.CORRIDOR))
                && step.compareTo(Duration.ofMinutes(1)) <= 0;
    }

    /** Unit of the field, as in {@link Series#fields()}. */
    public String unit() {
        return series.fields().getOrDefault(field, "1");
    }
}
