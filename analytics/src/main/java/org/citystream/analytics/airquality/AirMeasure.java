package org.citystream.analytics.airquality;

import java.util.List;
import org.citystream.model.rule.Pollutant;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of an air station's clock hour sums up, in this order: value times milliseconds, values in millionths of
 * the unit of the readings.
 */
enum AirMeasure {
    PM25("pm25UgM3", Pollutant.PM25),
    PM10("pm10UgM3", Pollutant.PM10),
    NO2("no2UgM3", Pollutant.NO2),
    O3("o3UgM3", Pollutant.O3),
    SO2("so2UgM3", Pollutant.SO2),
    CO("coMgM3", Pollutant.CO),
    TEMPERATURE("temperatureC", null),
    HUMIDITY("relativeHumidity", null),
    WIND_SPEED("windSpeedMs", null),
    /** Sine and cosine of the wind direction: angles cannot be averaged as numbers. */
    WIND_SINE("windDirectionDeg", null),
    WIND_COSINE("windDirectionDeg", null),
    /** Time over which a pollutant's value was set aside because it cannot be true. */
    SET_ASIDE("", null);

    /** Millionths: finer than any sensor, and 24 h of the largest plausible value still fit a long. */
    static final int DECIMALS = 6;

    static final long SCALE = 1_000_000;

    /** Pollutants, in the order of {@link Pollutant}. */
    static final List<AirMeasure> POLLUTANTS = List.of(PM25, PM10, NO2, O3, SO2, CO);

    private final String field;
    private final @Nullable Pollutant pollutant;

    AirMeasure(String field, @Nullable Pollutant pollutant) {
        this.field = field;
        this.pollutant = pollutant;
    }

    static AirMeasure of(Pollutant pollutant) {
        return POLLUTANTS.get(pollutant.ordinal());
    }

    /** Name in the reading. */
    String field() {
        return field;
    }

    @Nullable Pollutant pollutant() {
        return pollutant;
    }
}
