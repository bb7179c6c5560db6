package org.citystream.model.unit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A unit that sensors report in. Spellings are those of SenML (RFC 8428, RFC 8798), UCUM, UN/CEFACT Recommendation 20 and
 * everyday use; case matters, as it does to them ({@code MTS} is m/s, {@code mts} is nothing).
 */
public enum Unit {
    MICROGRAM_PER_M3(Dimension.MASS_CONCENTRATION, 1, 0, "ug/m3", "µg/m³", "µg/m3", "ug/m³", "μg/m³", "μg/m3", "GQ"),
    MILLIGRAM_PER_M3(Dimension.MASS_CONCENTRATION, 1e3, 0, "mg/m3", "mg/m³", "GP"),
    GRAM_PER_M3(Dimension.MASS_CONCENTRATION, 1e6, 0, "g/m3", "g/m³", "A93"),
    KILOGRAM_PER_M3(Dimension.MASS_CONCENTRATION, 1e9, 0, "kg/m3", "kg/m³", "KMQ"),
    PARTS_PER_BILLION(Dimension.MIXING_RATIO, 1, 0, "ppb", "[ppb]", "nmol/mol", "61"),
    PARTS_PER_MILLION(Dimension.MIXING_RATIO, 1e3, 0, "ppm", "[ppm]", "umol/mol", "59"),
    CELSIUS(Dimension.TEMPERATURE, 1, 0, "Cel", "°C", "C", "degC", "CEL"),
    FAHRENHEIT(Dimension.TEMPERATURE, 1 / 1.8, -32, "[degF]", "°F", "F", "degF", "FAH"),
    KELVIN(Dimension.TEMPERATURE, 1, -273.15, "K", "KEL"),
    RATIO(Dimension.RATIO, 1, 0, "/", "1", "ratio", "C62"),
    PERCENT(Dimension.RATIO, 0.01, 0, "%", "%RH", "/100", "percent", "P1"),
    METRE_PER_SECOND(Dimension.SPEED, 3.6, 0, "m/s", "MTS"),
    KILOMETRE_PER_HOUR(Dimension.SPEED, 1, 0, "km/h", "kph", "KMH"),
    MILE_PER_HOUR(Dimension.SPEED, 1.609344, 0, "mph", "mi/h", "[mi_i]/h", "HM"),
    KNOT(Dimension.SPEED, 1.852, 0, "kn", "kt", "knot", "[kn_i]", "KNT"),
    DEGREE(Dimension.ANGLE, 1, 0, "deg", "°", "DD"),
    RADIAN(Dimension.ANGLE, 180 / Math.PI, 0, "rad", "C81"),
    SECOND(Dimension.DURATION, 1, 0, "s", "SEC"),
    MILLISECOND(Dimension.DURATION, 1e-3, 0, "ms", "C26"),
    MINUTE(Dimension.DURATION, 60, 0, "min", "MIN"),
    HOUR(Dimension.DURATION, 3_600, 0, "h", "HUR"),
    COUNT(Dimension.COUNT, 1, 0, "count", "veh", "vehicles");

    private static final Map<String, Unit> BY_SPELLING = bySpelling();
    /** Finer than any sensor, coarse enough to wipe out the noise of binary fractions. */
    private static final double DECIMALS = 1e6;

    private final Dimension dimension;
    private final double factor;
    private final double shift;
    private final String[] spellings;

    /** {@code (value + shift) * factor} is the value in the dimension's first unit, km/h for speeds. */
    Unit(Dimension dimension, double factor, double shift, String... spellings) {
        this.dimension = dimension;
        this.factor = factor;
        this.shift = shift;
        this.spellings = spellings;
    }

    private static Map<String, Unit> bySpelling() {
        Map<String, Unit> units = new HashMap<>();
        for (Unit unit : values()) {
            for (String spelling : unit.spellings) {
                units.put(spelling, unit);
            }
        }
        return Map.copyOf(units);
    }

    /** The unit written so; empty if none is. */
    public static Optional<Unit> parse(String text) {
        return Optional.ofNullable(BY_SPELLING.get(text.strip()));
    }

    public Dimension dimension() {
        return dimension;
    }

    /** Its first spelling. */
    public String symbol() {
        return spellings[0];
    }

    /**
     * A value in this unit, in another of the same dimension; rounded to six decimals unless the unit stays.
     *
     * @throws IllegalArgumentException if the dimensions differ
     */
    public double convert(double value, Unit to) {
        if (dimension != to.dimension) {
            throw new IllegalArgumentException(symbol() + " does not convert to " + to.symbol());
        }
        return this == to ? value : rounded((value + shift) * factor / to.factor - to.shift);
    }

    static double rounded(double value) {
        return Math.abs(value) < 1e9 ? Math.rint(value * DECIMALS) / DECIMALS : value;
    }
}
