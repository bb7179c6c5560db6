package org.citystream.analytics.correction;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citystream.analytics.table.Table;
import org.citystream.model.place.Sensor;
import org.jspecify.annotations.Nullable;

/**
 * How the PM2.5 of one low-cost sensor becomes comparable with a reference monitor's: by a published formula for its type
 * (registry attribute {@code sensorType}), or by a line that was fitted to it beside a reference ({@code pm25Slope}, {@code
 * pm25Offset} in µg/m³, {@code pm25PerHumidity} in µg/m³ per percent; the fit counts more than the type).
 *
 * @param name as told in evidence
 */
public record Pm25Correction(String name, Formula formula) {
    /** Name of a fit of the sensor's own. */
    public static final String LOCAL_FIT = "local-fit";

    private static final Map<String, Formula> FORMULAS = Formula.read(Pm25Correction.class, "pm25-formulas.csv");
    private static final Map<String, String> BY_TYPE =
            Table.read(Pm25Correction.class, "pm25-sensor-types.csv").stream()
                    .collect(Collectors.toUnmodifiableMap(row -> row.text("sensor_type"), row -> row.text("formula")));

    /** The published formula of that name. @throws IllegalArgumentException if there is none */
    public static Pm25Correction published(String name) {
        Formula formula = FORMULAS.get(name);
        if (formula == null) {
            throw new IllegalArgumentException("no formula '" + name + "'; there are " + FORMULAS.keySet());
        }
        return new Pm25Correction(name, formula);
    }

    /** A line fitted beside a reference. */
    public static Pm25Correction fitted(double slope, double offset, double perHumidityPercent) {
        return new Pm25Correction(LOCAL_FIT, Formula.line(offset, slope, perHumidityPercent));
    }

    /** What the registry says of a sensor; empty: its values stand as they are, also where the attributes are no numbers. */
    public static Optional<Pm25Correction> of(@Nullable Sensor sensor) {
        Map<String, String> attributes = sensor == null ? null : sensor.attributes();
        if (attributes == null) {
            return Optional.empty();
        }
        Optional<Double> slope = number(attributes, "pm25Slope");
        if (slope.isPresent()) {
            return Optional.of(fitted(
                    slope.get(),
                    number(attributes, "pm25Offset").orElse(0.0),
                    number(attributes, "pm25PerHumidity").orElse(0.0)));
        }
        return Optional.ofNullable(attributes.get("sensorType"))
                .map(BY_TYPE::get)
                .map(Pm25Correction::published);
    }

    private static Optional<Double> number(Map<String, String> attributes, String name) {
        String text = attributes.get(name);
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(Double.valueOf(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Never clipped: a mean of values cut off at zero is too high.
     *
     * @param raw µg/m³
     * @param relativeHumidity 0..1; NaN: not measured
     * @return NaN where the formula needs a humidity that was not measured
     */
    public double corrected(double raw, double relativeHumidity) {
        return formula.of(raw, 100 * relativeHumidity);
    }
}
