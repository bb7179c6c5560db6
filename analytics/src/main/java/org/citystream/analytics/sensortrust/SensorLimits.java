package org.citystream.analytics.sensortrust;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citystream.analytics.table.Table;
import org.jspecify.annotations.Nullable;

/** Limits of every measure, from {@code sensor-limits.csv}. Measures are named as the fields of the readings. */
public final class SensorLimits {
    private static final Map<String, Limits> LIMITS = Table.read(SensorLimits.class, "sensor-limits.csv").stream()
            .collect(Collectors.toUnmodifiableMap(row -> row.text("measure"), SensorLimits::limits));
    private static final Limits NONE = new Limits(null, null, null, null, Set.of(), null);

    private SensorLimits() {}

    /**
     * @param floor detection limit; absent: none known
     * @param repetition how long a value above the floor may stay the same; absent: for ever
     * @param rangeEnds where instruments end
     * @param spikeFloor a jump by less is no spike; absent: no jump is
     */
    record Limits(
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable Double floor,
            @Nullable Repetition repetition,
            Set<Double> rangeEnds,
            @Nullable Double spikeFloor) {

        boolean isPlausible(double value) {
            return Double.isFinite(value) && (lower == null || value >= lower) && (upper == null || value <= upper);
        }

        /** Whether a value may repeat itself for ever: at or below the detection floor, and at the end of the range. */
        boolean mayRepeat(double value) {
            return isAtRangeEnd(value) || (floor != null && value <= floor);
        }

        boolean isAtRangeEnd(double value) {
            return rangeEnds.contains(value);
        }
    }

    /** A fault when both are reached. */
    record Repetition(int readings, Duration lasting) {}

    static Limits of(String measure) {
        return LIMITS.getOrDefault(measure, NONE);
    }

    /** Whether a value may repeat itself for ever: at or below the detection floor, and at the end of the range. */
    public static boolean mayRepeat(String measure, double value) {
        return of(measure).mayRepeat(value);
    }

    /** Whether a value that may not repeat itself for ever has done so for too long. */
    public static boolean repeatsTooLong(String measure, int readings, long lastingMillis) {
        Repetition repetition = of(measure).repetition();
        return repetition != null
                && readings >= repetition.readings()
                && lastingMillis >= repetition.lasting().toMillis();
    }

    /** Whether a value can be true at all; both limits are inclusive. */
    public static boolean isPlausible(String measure, double value) {
        return of(measure).isPlausible(value);
    }

    /** Whether a value stands where instruments end, so that the truth is there or beyond. */
    public static boolean isAtRangeEnd(String measure, double value) {
        return of(measure).isAtRangeEnd(value);
    }

    private static Limits limits(Table.Row row) {
        Optional<Repetition> repetition = row.optionalNumber("stuck_readings")
                .map(readings ->
                        new Repetition(readings.intValueExact(), Duration.ofMinutes(row.integer("stuck_minutes"))));
        return new Limits(
                number(row, "lower"),
                number(row, "upper"),
                number(row, "floor"),
                repetition.orElse(null),
                numbers(row.text("range_ends")),
                number(row, "spike_floor"));
    }

    private static Set<Double> numbers(String list) {
        return list.isEmpty()
                ? Set.of()
                : Stream.of(list.split(";")).map(Double::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Double number(Table.Row row, String column) {
        return row.optionalNumber(column).map(BigDecimal::doubleValue).orElse(null);
    }
}
