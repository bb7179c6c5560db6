package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citystream.model.rule.Pollutant;
import org.jspecify.annotations.Nullable;

/**
 * The hourly means of the last 25 clock hours, of those that had any, oldest first: all that indices and limits look back
 * on, and the longest calendar day. Immutable, at most 25 entries of six numbers.
 */
record RecentHours(List<Hour> hours) {
    /** What rises and rolling means look back on. */
    static final int REMEMBERED = 24;

    static final RecentHours NONE = new RecentHours(List.of());

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /**
     * @param start epoch ms
     * @param means millionths, in the order of {@link Pollutant}; {@link #MISSING} where invalid
     * @param lowerBounds a bit per pollutant, in that order, whose mean is a lower bound
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Hour(long start, long[] means, int lowerBounds) {
        static final long MISSING = Long.MIN_VALUE;

        @Nullable BigDecimal mean(Pollutant pollutant) {
            long mean = means[pollutant.ordinal()];
            return mean == MISSING ? null : BigDecimal.valueOf(mean, AirMeasure.DECIMALS);
        }
    }

    /**
     * With one more hour, newer than all; those it leaves 25 h behind are forgotten.
     *
     * @param lowerBounds pollutants whose mean is one
     */
    RecentHours with(Instant start, Map<Pollutant, BigDecimal> means, Set<Pollutant> lowerBounds) {
        long newest = start.toEpochMilli();
        List<Hour> next = new ArrayList<>(hours.size() + 1);
        for (Hour hour : hours) {
            if (newest - hour.start() < LocalDay.LONGEST_HOURS * HOUR_MILLIS) {
                next.add(hour);
            }
        }
        if (!means.isEmpty()) {
            long[] millionths = new long[Pollutant.values().length];
            Arrays.fill(millionths, Hour.MISSING);
            means.forEach((pollutant, mean) -> millionths[pollutant.ordinal()] =
                    mean.movePointRight(AirMeasure.DECIMALS).longValueExact());
            int bits = 0;
            for (Pollutant pollutant : lowerBounds) {
                bits |= 1 << pollutant.ordinal();
            }
            next.add(new Hour(newest, millionths, bits));
        }
        return new RecentHours(next);
    }

    /** The last {@code count} clock hours up to the one that starts then, of those that had any means. */
    List<Hour> last(Instant newestStart, int count) {
        long oldest = newestStart.toEpochMilli() - (count - 1) * HOUR_MILLIS;
        return hours.stream()
                .filter(hour -> hour.start() >= oldest && hour.start() <= newestStart.toEpochMilli())
                .toList();
    }

    /** The last {@code count} clock hours of a pollutant up to the one that starts then: newest first, null: missing. */
    List<@Nullable BigDecimal> series(Pollutant pollutant, Instant newestStart, int count) {
        @Nullable BigDecimal[] series = new BigDecimal[count];
        for (Hour hour : hours) {
            long age = (newestStart.toEpochMilli() - hour.start()) / HOUR_MILLIS;
            if (age >= 0 && age < count) {
                series[(int) age] = hour.mean(pollutant);
            }
        }
        return Arrays.asList(series);
    }
}
