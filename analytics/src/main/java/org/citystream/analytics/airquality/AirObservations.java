package org.citystream.analytics.airquality;

import java.util.Arrays;
import java.util.List;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.sensortrust.SensorLimits;
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

    private static final int WIND_DIRECTION = FIELDS.indexOf("windDirectionDeg");

    private AirObservations() {}

    /**
     * A value that cannot be true counts as not measured, and the time it stands for as set aside.
     *
     * @param observedAt end of the observed period, epoch ms
     * @param bootId null: the reading is told apart by {@code observedAt}
     * @param values in the order of {@link #FIELDS}; NaN: not measured
     */
    public static Observation of(
            String stationId,
            String sensorId,
            long observedAt,
            long periodMillis,
            @Nullable String bootId,
            long sequence,
            double[] values) {
        long[] totals = new long[AirMeasure.values().length];
        Arrays.fill(totals, Observation.NOT_MEASURED);
        for (int i = 0; i < WIND_DIRECTION; i++) {
            AirMeasure measure = AirMeasure.values()[i];
            if (Double.isNaN(values[i])) {
                continue;
            }
            if (SensorLimits.isPlausible(FIELDS.get(i), values[i])) {
                totals[i] = total(values[i], periodMillis);
            } else if (measure.isPollutant()) {
                totals[AirMeasure.SET_ASIDE.ordinal()] = total(1, periodMillis);
            }
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

    private static long total(double value, long periodMillis) {
        return Math.round(value * AirMeasure.SCALE) * periodMillis;
    }
}
