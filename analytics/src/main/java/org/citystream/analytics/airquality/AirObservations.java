package org.citystream.analytics.airquality;

import java.time.Duration;
import java.util.Arrays;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.sensortrust.SensorLimits;
import org.citystream.model.reading.AirQualityReading;
import org.jspecify.annotations.Nullable;

/** Readings of air stations on their way into clock hours. */
public final class AirObservations {
    private final Observation observation;

    private AirObservations(Observation observation) {
        this.observation = observation;
    }

    /**
     * The reading as fixed-point totals. A value that cannot be true counts as not measured, and the time it stands for
     * as set aside.
     *
     * @param stationId whose hours it goes into
     * @param expectedIntervalSeconds the period where the reading names none
     */
    public static Observation of(AirQualityReading reading, String stationId, int expectedIntervalSeconds) {
        long periodMillis = Duration.ofSeconds(
                        reading.periodSeconds() == null ? expectedIntervalSeconds : reading.periodSeconds())
                .toMillis();
        long observedAt = reading.observedAt().toEpochMilli();
        String bootId = reading.bootId();
        Long sequence = reading.sequence();
        Observation observation = new Observation(
                stationId,
                reading.sensorId(),
                0,
                observedAt,
                periodMillis,
                bootId == null ? Identity.NO_BOOT : Identity.bootKey(bootId),
                sequence == null ? observedAt : sequence,
                1,
                new long[AirMeasure.values().length]);
        return new AirObservations(observation).fill(reading);
    }

    private Observation fill(AirQualityReading reading) {
        Arrays.fill(observation.totals(), Observation.NOT_MEASURED);
        put(AirMeasure.PM25, reading.pm25UgM3());
        put(AirMeasure.PM10, reading.pm10UgM3());
        put(AirMeasure.NO2, reading.no2UgM3());
        put(AirMeasure.O3, reading.o3UgM3());
        put(AirMeasure.SO2, reading.so2UgM3());
        put(AirMeasure.CO, reading.coMgM3());
        put(AirMeasure.TEMPERATURE, reading.temperatureC());
        put(AirMeasure.HUMIDITY, reading.relativeHumidity());
        put(AirMeasure.WIND_SPEED, reading.windSpeedMs());
        Double direction = reading.windDirectionDeg();
        if (direction != null && SensorLimits.isPlausible(AirMeasure.WIND_SINE.field(), direction)) {
            total(AirMeasure.WIND_SINE, StrictMath.sin(StrictMath.toRadians(direction)));
            total(AirMeasure.WIND_COSINE, StrictMath.cos(StrictMath.toRadians(direction)));
        }
        return observation;
    }

    private void put(AirMeasure measure, @Nullable Double value) {
        if (value == null) {
            return;
        }
        if (SensorLimits.isPlausible(measure.field(), value)) {
            total(measure, value);
        } else if (measure.pollutant() != null) {
            total(AirMeasure.SET_ASIDE, 1);
        }
    }

    private void total(AirMeasure measure, double value) {
        observation.totals()[measure.ordinal()] = Math.round(value * AirMeasure.SCALE) * observation.periodMillis();
    }
}
