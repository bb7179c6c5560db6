package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.citystream.analytics.table.Table;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Pollutant;

/**
 * US Air Quality Index, 2024 revision (40 CFR 58 Appendix G): the concentration is truncated, interpolated between
 * breakpoints and rounded half up. Above 500 the last segment goes on ("beyond the AQI", hazardous).
 */
public final class AirQualityIndex {
    private static final Map<AqiScale, List<Segment>> SEGMENTS = load();
    private static final BigDecimal SO2_24H_FROM_PPB =
            segments(AqiScale.SO2_24H).get(0).concentrationLow();
    private static final int SO2_BOUND = 200;

    private AirQualityIndex() {}

    /**
     * One pollutant's part of the index.
     *
     * @param truncated the concentration the index was computed from, in the unit of the scale's table
     * @param value the index, 0 and up
     */
    public record SubIndex(AqiScale scale, BigDecimal truncated, int value) {

        public Pollutant pollutant() {
            return scale.pollutant();
        }

        /** Category 1 (good) to 6 (hazardous), named by {@link AirIndex#US_AQI}. */
        public int level() {
            return AirQualityIndex.level(value);
        }
    }

    /** Between two breakpoints, both inclusive. */
    private record Segment(
            BigDecimal concentrationLow,
            BigDecimal concentrationHigh,
            BigDecimal indexLow,
            BigDecimal indexHigh,
            int decimals,
            int level) {

        int interpolate(BigDecimal concentration) {
            BigDecimal slope = indexHigh.subtract(indexLow);
            BigDecimal span = concentrationHigh.subtract(concentrationLow);
            return slope.multiply(concentration.subtract(concentrationLow))
                    .divide(span, MathContext.DECIMAL128)
                    .add(indexLow)
                    .setScale(0, RoundingMode.HALF_UP)
                    .intValueExact();
        }
    }

    /**
     * The index of one average, or nothing where the scale does not define one (1 h ozone below 0.125 ppm, 8 h ozone
     * above 0.200 ppm, 1 h SO2 above 304 ppb, 24 h SO2 below 305 ppb). Negative noise counts as 0.
     *
     * @param concentration in the unit of the scale's table, not truncated
     */
    public static Optional<SubIndex> of(AqiScale scale, BigDecimal concentration) {
        List<Segment> segments = segments(scale);
        Segment last = segments.get(segments.size() - 1);
        BigDecimal truncated = concentration.max(BigDecimal.ZERO).setScale(last.decimals(), RoundingMode.DOWN);
        if (truncated.compareTo(segments.get(0).concentrationLow()) < 0) {
            return Optional.empty();
        }
        for (Segment segment : segments) {
            if (truncated.compareTo(segment.concentrationHigh()) <= 0) {
                return Optional.of(new SubIndex(scale, truncated, segment.interpolate(truncated)));
            }
        }
        return hasHazardous(last)
                ? Optional.of(new SubIndex(scale, truncated, last.interpolate(truncated)))
                : Optional.empty();
    }

    /**
     * The whole index: the largest sub-index; of equal ones the first in the order of {@link AqiScale}. 1 h SO2 of 305
     * ppb and more counts as 200 until the 24 h mean says otherwise.
     *
     * @param averages what is known, each in the unit of its scale's table
     */
    public static Optional<SubIndex> overall(Map<AqiScale, BigDecimal> averages) {
        return averages.entrySet().stream()
                .flatMap(average -> bounded(average.getKey(), average.getValue()).stream())
                .max(Comparator.comparingInt(SubIndex::value)
                        .thenComparing(SubIndex::scale, Comparator.reverseOrder()));
    }

    private static Optional<SubIndex> bounded(AqiScale scale, BigDecimal concentration) {
        if (scale == AqiScale.SO2_1H && concentration.compareTo(SO2_24H_FROM_PPB) >= 0) {
            BigDecimal truncated = concentration.setScale(0, RoundingMode.DOWN);
            return Optional.of(new SubIndex(scale, truncated, SO2_BOUND));
        }
        return of(scale, concentration);
    }

    /** Category 1 (good) to 6 (hazardous, also beyond 500) of an index value. */
    public static int level(int index) {
        for (Segment segment : segments(AqiScale.PM25_24H)) {
            if (index <= segment.indexHigh().intValueExact()) {
                return segment.level();
            }
        }
        return AirIndex.US_AQI.levels().size();
    }

    private static boolean hasHazardous(Segment last) {
        return last.level() == AirIndex.US_AQI.levels().size();
    }

    private static List<Segment> segments(AqiScale scale) {
        List<Segment> segments = SEGMENTS.get(scale);
        if (segments == null) {
            throw new IllegalStateException("no breakpoints for " + scale);
        }
        return segments;
    }

    private static Map<AqiScale, List<Segment>> load() {
        List<Table.Row> rows = Table.read(AirIndex.class, "us-aqi-2024.csv");
        Map<AqiScale, List<Segment>> segments = new EnumMap<>(AqiScale.class);
        for (AqiScale scale : AqiScale.values()) {
            segments.put(
                    scale,
                    rows.stream()
                            .filter(scale::isOf)
                            .map(AirQualityIndex::segment)
                            .toList());
        }
        return segments;
    }

    private static Segment segment(Table.Row row) {
        String category = row.text("category").toLowerCase(Locale.ROOT).replace(' ', '-');
        return new Segment(
                row.number("conc_lo"),
                row.number("conc_hi"),
                row.number("aqi_lo"),
                row.number("aqi_hi"),
                row.integer("truncate_decimals"),
                AirIndex.US_AQI.level(category));
    }
}
