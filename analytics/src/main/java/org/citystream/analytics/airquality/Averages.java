package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citystream.analytics.airquality.RecentHours.Hour;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.rule.Averaging;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.summary.AirQualitySummary;
import org.jspecify.annotations.Nullable;

/**
 * The means of every pollutant as a clock hour leaves them, over each {@link Averaging}: of the valid hourly means, at least
 * three quarters of them, rounded half up to the millionth. A mean with a lower bound in it is a lower bound. Immutable.
 */
public final class Averages {
    private static final Pollutant[] POLLUTANTS = Pollutant.values();
    private static final int MEANS = Averaging.values().length * POLLUTANTS.length;
    /** The means, and a bit per mean that is a lower bound. */
    static final int SIZE = MEANS + 1;

    private final long[] totals;

    private Averages(long[] totals) {
        this.totals = totals;
    }

    /** Of the hour that starts then, and those before it. */
    static Averages of(RecentHours hours, Instant start, ZoneId zone) {
        long[] totals = new long[SIZE];
        Arrays.fill(totals, 0, MEANS, Observation.NOT_MEASURED);
        for (Averaging averaging : Averaging.values()) {
            int count = hours(averaging, start, zone);
            if (count > 0) {
                average(hours.last(start, count), count, index(averaging, POLLUTANTS[0]), totals);
            }
        }
        return new Averages(totals);
    }

    /** Clock hours to average now; none where the time is not over yet. */
    private static int hours(Averaging averaging, Instant start, ZoneId zone) {
        if (averaging != Averaging.DAY) {
            return averaging.hours();
        }
        Instant day = LocalDay.endingWith(start, zone);
        return day == null
                ? 0
                : (int) Duration.between(day, start.plus(AirFold.PANE)).toHours();
    }

    private static void average(List<Hour> hours, int of, int first, long[] totals) {
        for (int pollutant = 0; pollutant < POLLUTANTS.length; pollutant++) {
            long sum = 0;
            int present = 0;
            boolean lowerBound = false;
            for (Hour hour : hours) {
                if (hour.means()[pollutant] != Hour.MISSING) {
                    sum += hour.means()[pollutant];
                    present++;
                    lowerBound |= (hour.lowerBounds() & 1 << pollutant) != 0;
                }
            }
            if (present > 0 && 4 * present >= 3 * of) {
                totals[first + pollutant] = BigDecimal.valueOf(sum)
                        .divide(BigDecimal.valueOf(present), 0, RoundingMode.HALF_UP)
                        .longValueExact();
                totals[MEANS] |= lowerBound ? 1L << (first + pollutant) : 0;
            }
        }
    }

    /** In {@link Pollutant#unit()}; empty where too little was measured, or the time is not over. */
    public Optional<BigDecimal> mean(Averaging averaging, Pollutant pollutant) {
        long mean = totals[index(averaging, pollutant)];
        return mean == Observation.NOT_MEASURED
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(mean, AirMeasure.DECIMALS));
    }

    /** Whether an instrument stood at the end of its range: the mean is this, or more. */
    public boolean isLowerBound(Averaging averaging, Pollutant pollutant) {
        return (totals[MEANS] & 1L << index(averaging, pollutant)) != 0;
    }

    /** Those beyond the hour itself, by averaging and pollutant, as they are told; null if there are none. */
    @Nullable Map<String, Map<String, Double>> told() {
        Map<String, Map<String, Double>> told = new TreeMap<>();
        for (Averaging averaging : Averaging.values()) {
            for (Pollutant pollutant : POLLUTANTS) {
                if (averaging != Averaging.HOUR) {
                    mean(averaging, pollutant)
                            .ifPresent(mean -> told.computeIfAbsent(averaging.wireName(), key -> new TreeMap<>())
                                    .put(pollutant.wireName(), mean.doubleValue()));
                }
            }
        }
        return told.isEmpty() ? null : told;
    }

    /** The told ones that are lower bounds, by averaging and pollutant; null if there are none. */
    @Nullable Map<String, List<String>> toldLowerBounds() {
        Map<String, List<String>> told = new TreeMap<>();
        for (Averaging averaging : Averaging.values()) {
            for (Pollutant pollutant : POLLUTANTS) {
                if (averaging != Averaging.HOUR && isLowerBound(averaging, pollutant)) {
                    told.computeIfAbsent(averaging.wireName(), key -> new ArrayList<>())
                            .add(pollutant.wireName());
                }
            }
        }
        return told.isEmpty() ? null : told;
    }

    private static int index(Averaging averaging, Pollutant pollutant) {
        return averaging.ordinal() * POLLUTANTS.length + pollutant.ordinal();
    }

    void copyTo(long[] part) {
        System.arraycopy(totals, 0, part, 0, SIZE);
    }

    /** As a final summary tells them, which is all of it: decimals of doubles come back as they were. */
    static Averages of(AirQualitySummary summary) {
        long[] totals = new long[SIZE];
        Map<String, Map<String, Double>> means = orNone(summary.averages());
        Map<String, List<String>> lowerBounds = orNone(summary.averageLowerBounds());
        for (Averaging averaging : Averaging.values()) {
            boolean hour = averaging == Averaging.HOUR;
            String name = averaging.wireName();
            Collection<String> bounds =
                    hour ? orNone(summary.lowerBounds()) : lowerBounds.getOrDefault(name, List.of());
            for (Pollutant pollutant : POLLUTANTS) {
                Double mean = hour
                        ? hourlyMean(summary, pollutant)
                        : means.getOrDefault(name, Map.of()).get(pollutant.wireName());
                int index = index(averaging, pollutant);
                totals[index] = mean == null ? Observation.NOT_MEASURED : millionths(mean);
                totals[MEANS] |= bounds.contains(pollutant.wireName()) ? 1L << index : 0;
            }
        }
        return new Averages(totals);
    }

    private static <V> Map<String, V> orNone(@Nullable Map<String, V> values) {
        return values == null ? Map.of() : values;
    }

    private static List<String> orNone(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static long millionths(double mean) {
        return BigDecimal.valueOf(mean)
                .setScale(AirMeasure.DECIMALS, RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
    }

    private static @Nullable Double hourlyMean(AirQualitySummary summary, Pollutant pollutant) {
        return switch (pollutant) {
            case PM25 -> summary.pm25UgM3();
            case PM10 -> summary.pm10UgM3();
            case NO2 -> summary.no2UgM3();
            case O3 -> summary.o3UgM3();
            case SO2 -> summary.so2UgM3();
            case CO -> summary.coMgM3();
        };
    }

    static Averages of(Cell cell) {
        long[] totals = new long[SIZE];
        for (int i = 0; i < SIZE; i++) {
            totals[i] = cell.measuredMillis(i) == 0 ? Observation.NOT_MEASURED : cell.sum(i);
        }
        return new Averages(totals);
    }
}
