package org.citystream.backtest.run;

import java.util.function.Function;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.recordings.RecordedReading;
import org.jspecify.annotations.Nullable;

/** Readings of recordings as the jobs read them. */
final class Readings {
    private Readings() {}

    /** Null if it is of another kind. Its clock is 0. */
    static @Nullable Reading of(RecordedReading recorded, SensorKind kind) {
        if (recorded instanceof RecordedReading.Traffic traffic) {
            return kind == SensorKind.TRAFFIC ? of(traffic.reading()) : null;
        }
        return recorded instanceof RecordedReading.Air air && kind == SensorKind.AIR ? of(air.reading()) : null;
    }

    private static Reading of(TrafficReading r) {
        double[] values =
                values(r, TrafficReading::vehicleCount, TrafficReading::averageSpeedKmh, TrafficReading::occupancy);
        return reading(
                r.sensorId(),
                r.cityId(),
                r.observedAt().toEpochMilli(),
                r.periodSeconds(),
                r.bootId(),
                r.sequence(),
                r.laneId(),
                values);
    }

    private static Reading of(AirQualityReading r) {
        double[] values = values(
                r,
                AirQualityReading::pm25UgM3,
                AirQualityReading::pm10UgM3,
                AirQualityReading::no2UgM3,
                AirQualityReading::o3UgM3,
                AirQualityReading::so2UgM3,
                AirQualityReading::coMgM3,
                AirQualityReading::temperatureC,
                AirQualityReading::relativeHumidity,
                AirQualityReading::windSpeedMs,
                AirQualityReading::windDirectionDeg);
        return reading(
                r.sensorId(),
                r.cityId(),
                r.observedAt().toEpochMilli(),
                r.periodSeconds(),
                r.bootId(),
                r.sequence(),
                null,
                values);
    }

    @SafeVarargs
    private static <R> double[] values(R reading, Function<R, @Nullable Number>... fields) {
        double[] values = new double[fields.length];
        for (int i = 0; i < fields.length; i++) {
            Number value = fields[i].apply(reading);
            values[i] = value == null ? Double.NaN : value.doubleValue();
        }
        return values;
    }

    private static Reading reading(
            String sensorId,
            @Nullable String cityId,
            long observedAt,
            @Nullable Integer periodSeconds,
            @Nullable String bootId,
            @Nullable Long sequence,
            @Nullable Integer laneId,
            double[] values) {
        boolean identified = bootId != null && sequence != null;
        return new Reading(
                sensorId,
                cityId,
                observedAt,
                periodSeconds == null ? 0 : periodSeconds,
                identified ? bootId : null,
                identified && sequence != null ? sequence : 0,
                laneId == null ? 0 : laneId,
                values,
                0,
                0,
                0,
                new byte[0]);
    }
}
