package org.citystream.simulator.fault;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a sensor says in one message: a reading of either kind, in a form in which faults can change it.
 *
 * @param laneId air stations have none
 * @param values what was measured
 */
public record Report(
        SensorKind kind,
        String sensorId,
        Instant observedAt,
        int periodSeconds,
        String bootId,
        long sequence,
        @Nullable Integer laneId,
        Map<Measure, Double> values) {

    /** A detector's reading; it must carry period, boot and sequence. */
    public static Report of(TrafficReading reading) {
        EnumMap<Measure, Double> values = new EnumMap<>(Measure.class);
        put(values, Measure.VEHICLE_COUNT, reading.vehicleCount());
        put(values, Measure.AVERAGE_SPEED_KMH, reading.averageSpeedKmh());
        put(values, Measure.OCCUPANCY, reading.occupancy());
        return new Report(
                SensorKind.TRAFFIC,
                reading.sensorId(),
                reading.observedAt(),
                present(reading.periodSeconds()),
                present(reading.bootId()),
                present(reading.sequence()),
                reading.laneId(),
                values);
    }

    /** A station's reading; it must carry period, boot and sequence. */
    public static Report of(AirQualityReading reading) {
        EnumMap<Measure, Double> values = new EnumMap<>(Measure.class);
        put(values, Measure.PM25_UG_M3, reading.pm25UgM3());
        put(values, Measure.PM10_UG_M3, reading.pm10UgM3());
        put(values, Measure.NO2_UG_M3, reading.no2UgM3());
        put(values, Measure.O3_UG_M3, reading.o3UgM3());
        put(values, Measure.SO2_UG_M3, reading.so2UgM3());
        put(values, Measure.CO_MG_M3, reading.coMgM3());
        put(values, Measure.TEMPERATURE_C, reading.temperatureC());
        put(values, Measure.RELATIVE_HUMIDITY, reading.relativeHumidity());
        put(values, Measure.WIND_SPEED_MS, reading.windSpeedMs());
        put(values, Measure.WIND_DIRECTION_DEG, reading.windDirectionDeg());
        return new Report(
                SensorKind.AIR,
                reading.sensorId(),
                reading.observedAt(),
                present(reading.periodSeconds()),
                present(reading.bootId()),
                present(reading.sequence()),
                null,
                values);
    }

    private static void put(EnumMap<Measure, Double> values, Measure measure, @Nullable Number value) {
        if (value != null) {
            values.put(measure, value.doubleValue());
        }
    }

    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new IllegalArgumentException("a simulated reading carries period, boot and sequence");
        }
        return part;
    }

    /** The message as it is sent, in the native format. */
    public byte[] payload() {
        return JsonCodec.write(kind == SensorKind.AIR ? airReading() : trafficReading());
    }

    /** A detector's message as a reading. */
    public TrafficReading trafficReading() {
        Double count = values.get(Measure.VEHICLE_COUNT);
        return new TrafficReading(
                sensorId,
                observedAt,
                periodSeconds,
                bootId,
                sequence,
                laneId,
                count == null ? null : (int) Math.round(count),
                values.get(Measure.AVERAGE_SPEED_KMH),
                values.get(Measure.OCCUPANCY),
                null,
                null,
                null,
                null,
                null);
    }

    /** A station's message as a reading. */
    public AirQualityReading airReading() {
        return new AirQualityReading(
                sensorId,
                observedAt,
                periodSeconds,
                bootId,
                sequence,
                values.get(Measure.PM25_UG_M3),
                values.get(Measure.PM10_UG_M3),
                values.get(Measure.NO2_UG_M3),
                values.get(Measure.O3_UG_M3),
                values.get(Measure.SO2_UG_M3),
                values.get(Measure.CO_MG_M3),
                values.get(Measure.TEMPERATURE_C),
                values.get(Measure.RELATIVE_HUMIDITY),
                values.get(Measure.WIND_SPEED_MS),
                values.get(Measure.WIND_DIRECTION_DEG),
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with other values. */
    Report withValues(Map<Measure, Double> other) {
        return new Report(kind, sensorId, observedAt, periodSeconds, bootId, sequence, laneId, other);
    }

    /** Tells what becomes of one measured value. */
    interface Change {
        double of(Measure measure, double value);
    }

    /** The same with every measured value changed; NaN: not measured. */
    Report changed(Change change) {
        EnumMap<Measure, Double> changed = new EnumMap<>(Measure.class);
        values.forEach((measure, value) -> {
            double now = change.of(measure, value);
            if (!Double.isNaN(now)) {
                changed.put(measure, now);
            }
        });
        return withValues(changed);
    }

    /** The same, observed at another time. */
    Report observedAt(UnaryOperator<Instant> time) {
        return new Report(kind, sensorId, time.apply(observedAt), periodSeconds, bootId, sequence, laneId, values);
    }

    /** The same over another period. */
    Report over(Instant end, int seconds) {
        return new Report(kind, sensorId, end, seconds, bootId, sequence, laneId, values);
    }

    /** The same under another identity. */
    Report identifiedBy(String boot, long number) {
        return new Report(kind, sensorId, observedAt, periodSeconds, boot, number, laneId, values);
    }
}
