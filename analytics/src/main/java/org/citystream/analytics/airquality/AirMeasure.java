package org.citystream.analytics.airquality;

import java.util.List;
import org.citystream.model.rule.Pollutant;

/**
 * What a cell of an air station's clock hour sums up, in this order: value times milliseconds, values in millionths of
 * the unit of the readings. The first nine stand in the order of {@link AirObservations#FIELDS}.
 */
enum AirMeasure {
    PM25,
    PM10,
    NO2,
    O3,
    SO2,
    CO,
    TEMPERATURE,
    HUMIDITY,
    WIND_SPEED,
    /** Sine and cosine of the wind direction: angles cannot be averaged as numbers. */
    WIND_SINE,
    WIND_COSINE,
    /** Time over which a pollutant's value was set aside because it cannot be true. */
    SET_ASIDE,
    /** Of each pollutant, in their order: time over which its instrument stood at the end of its range. */
    PM25_AT_END,
    PM10_AT_END,
    NO2_AT_END,
    O3_AT_END,
    SO2_AT_END,
    CO_AT_END,
    /** Time over which PM2.5 was corrected. */
    CORRECTED;

    /** Millionths: finer than any sensor, and 24 h of the largest plausible value still fit a long. */
    static final int DECIMALS = 6;

    static final long SCALE = 1_000_000;

    private static final List<AirMeasure> POLLUTANTS = List.of(PM25, PM10, NO2, O3, SO2, CO);

    private static final List<AirMeasure> AT_END =
            List.of(PM25_AT_END, PM10_AT_END, NO2_AT_END, O3_AT_END, SO2_AT_END, CO_AT_END);

    static AirMeasure of(Pollutant pollutant) {
        return POLLUTANTS.get(pollutant.ordinal());
    }

    static AirMeasure atEnd(Pollutant pollutant) {
        return AT_END.get(pollutant.ordinal());
    }

    boolean isPollutant() {
        return POLLUTANTS.contains(this);
    }
}
