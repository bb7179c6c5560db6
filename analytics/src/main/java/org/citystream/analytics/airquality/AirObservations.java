package org.citystream.analytics.airquality;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citystream.analytics.correction.Pm25Correction;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.sensortrust.ErrorCodes;
import org.citystream.analytics.sensortrust.MeasuredValues;
import org.citystream.analytics.sensortrust.SensorLimits;
import org.citystream.model.rule.Pollutant;
import org.jspecify.annotations.Nullable;

/** Readings of air stations on their way into clock hours, as fixed-point totals. */
public final class AirObservations {
    /** The measured fields of a reading, in the order in which {@link #of} expects their values. */
    public static final List<String> FIELDS = List.of(
            "pm25UgM3",
            "pm10UgM3",
            "no2UgM3",
            "o3UgM3",
            "so2UgM3",
            "coMgM3",
            "temperatureC",
            "relativeHumidity",
            "windSpeedMs",
            "windDirectionDeg");

    private static final int PM25 = FIELDS.indexOf("pm25UgM3");
    private static final int HUMIDITY = FIELDS.indexOf("relativeHumidity");
    private static final int WIND_DIRECTION = FIELDS.indexOf("windDirectionDeg");

    private AirObservations() {}

    /** Of a sensor whose values stand as they are. */
    public static Observation of(
            String stationId,
            String sensorId,
            long observedAt,
            long periodMillis,
            @Nullable String bootId,
            long sequence,
            double[] values) {
        return of(stationId, sensorId, observedAt, periodMillis, bootId, sequence, values, Optional.empty());
    }

    /**
     * A value that cannot be true, or is an error code, counts as not measured, and the time it stands for as set aside. A value
     * at the end of its instrument's range counts, and is known to be a lower bound.
     *
     * @param observedAt end of the observed period, epoch ms
     * @param bootId null: the reading is told apart by {@code observedAt}
     * @param values in the order of {@link #FIELDS}; NaN: not measured
     * @param correction of PM2.5
     */
    public static Observation of(
            String stationId,
            String sensorId,
            long observedAt,
            long periodMillis,
            @Nullable String bootId,
            long sequence,
            double[] values,
            Optional<Pm25Correction> correction) {
        Set<String> codes = ErrorCodes.in(MeasuredValues.byField(FIELDS, values));
        long[] totals = new long[AirMeasure.values().length];
        Arrays.fill(totals, Observation.NOT_MEASURED);
        for (int i = 0; i < WIND_DIRECTION; i++) {
            AirMeasure measure = AirMeasure.values()[i];
            if (Double.isNaN(values[i])) {
                continue;
            }
            if (SensorLimits.isPlausible(FIELDS.get(i), values[i]) && !codes.contains(FIELDS.get(i))) {
                totals[i] = total(values[i], periodMillis);
                if (measure.isPollutant() && SensorLimits.isAtRangeEnd(FIELDS.get(i), values[i])) {
                    totals[AirMeasure.atEnd(Pollutant.values()[i]).ordinal()] = total(1, periodMillis);
                }
            } else if (measure.isPollutant()) {
                totals[AirMeasure.SET_ASIDE.ordinal()] = total(1, periodMillis);
            }
        }
        if (correction.isPresent() && totals[PM25] != Observation.NOT_MEASURED) {
            correct(totals, correction.get().corrected(values[PM25], values[HUMIDITY]), periodMillis);
        }
        double direction = values[WIND_DIRECTION];
        if (SensorLimits.isPlausible(FIELDS.get(WIND_DIRECTION), direction)) {
            double radians = StrictMath.toRadians(direction);
            totals[AirMeasure.WIND_SINE.ordinal()] = total(StrictMath.sin(radians), periodMillis);
            totals[AirMeasure.WIND_COSINE.ordinal()] = total(StrictMath.cos(radians), periodMillis);
        }
        return new Observation(
                stationId,
                sensorId,
                0,
                observedAt,
                periodMillis,
                bootId == null ? Identity.NO_BOOT : Identity.bootKey(bootId),
                bootId == null ? observedAt : sequence,
                1,
                totals);
    }

    /** Where the humidity that it takes is not measured, the value stands as it is. */
    private static void correct(long[] totals, double corrected, long periodMillis) {
        if (!Double.isNaN(corrected)) {
            totals[PM25] = total(corrected, periodMillis);
            totals[AirMeasure.CORRECTED.ordinal()] = total(1, periodMillis);
        }
    }

    private static long total(double value, long periodMillis) {
        return Math.round(value * AirMeasure.SCALE) * periodMillis;
    }
}
