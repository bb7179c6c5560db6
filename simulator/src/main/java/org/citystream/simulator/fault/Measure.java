package org.citystream.simulator.fault;

import java.util.function.DoubleUnaryOperator;

/** What a sensor can measure, with what faults need to know of it. */
enum Measure {
    VEHICLE_COUNT(4, 0, new Range(0, 10_000), 1, count -> count),
    AVERAGE_SPEED_KMH(12, Double.NaN, new Range(1, 250), 10, kmh -> kmh / 1.609344),
    OCCUPANCY(0.08, 1, new Range(0, 1), 1000, share -> share * 100),
    PM25_UG_M3(12, 999, new Range(-20, 999), 10, micrograms -> micrograms / 1000),
    PM10_UG_M3(16, 999, new Range(-20, 999), 10, micrograms -> micrograms / 1000),
    NO2_UG_M3(25, 500, new Range(-20, 1_000), 10, micrograms -> micrograms / 1.9125),
    O3_UG_M3(30, 500, new Range(-20, 1_000), 10, micrograms -> micrograms / 1.995),
    SO2_UG_M3(8, 500, new Range(-20, 1_000), 10, micrograms -> micrograms / 2.663),
    CO_MG_M3(0.5, 10, new Range(-1, 50), 1000, milligrams -> milligrams / 1.164),
    TEMPERATURE_C(4, 60, new Range(-50, 60), 10, celsius -> celsius * 1.8 + 32),
    RELATIVE_HUMIDITY(0.1, 1, new Range(0, 1), 1000, share -> share * 100),
    WIND_SPEED_MS(1.5, 60, new Range(0, 60), 10, metresPerSecond -> metresPerSecond * 3.6),
    WIND_DIRECTION_DEG(20, 0, new Range(0, 359), 1, degrees -> degrees);

    private record Range(double from, double to) {}

    private final double typicalError;
    private final double saturated;
    private final Range range;
    private final int parts;
    private final DoubleUnaryOperator wrongUnit;

    Measure(double typicalError, double saturated, Range range, int parts, DoubleUnaryOperator wrongUnit) {
        this.typicalError = typicalError;
        this.saturated = saturated;
        this.range = range;
        this.parts = parts;
        this.wrongUnit = wrongUnit;
    }

    /** An error one would notice, in the measure's unit. */
    double typicalError() {
        return typicalError;
    }

    /** What an instrument at its stop shows; NaN: it shows nothing. A bridged loop is covered for ever and counts none. */
    double saturated() {
        return saturated;
    }

    /** What the instrument can show at most and at least, at its resolution. */
    double shown(double value) {
        double within = Math.max(range.from(), Math.min(range.to(), value));
        return (double) Math.round(within * parts) / parts;
    }

    /** The same in a unit it should not be in: mph, mg/m³, ppb, ppm, °F, percent, km/h. */
    double inWrongUnit(double value) {
        return (double) Math.round(wrongUnit.applyAsDouble(value) * 10_000) / 10_000;
    }
}
