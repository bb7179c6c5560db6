package org.citystream.jobs.sensorhealth;

import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/**
 * A sign of one sensor: it reported, or the registry spoke of it.
 *
 * @param traffic whether it is a traffic sensor; otherwise an air sensor
 * @param values in the order of the reading's format, NaN: not measured; empty: the registry spoke
 * @param clockAt the deployment's clock at arrival, epoch ms; {@link Long#MIN_VALUE} where the registry spoke
 */
public record SensorSign(
        String sensorId,
        boolean traffic,
        @Nullable String cityId,
        long observedAt,
        int laneId,
        double[] values,
        long clockAt) {

    static SensorSign reported(SensorKind kind, Reading reading) {
        return new SensorSign(
                reading.sensorId(),
                kind == SensorKind.TRAFFIC,
                reading.cityId(),
                reading.observedAt(),
                reading.laneId(),
                reading.values(),
                reading.clockAt());
    }

    static SensorSign registered(Sensor sensor) {
        return new SensorSign(
                sensor.sensorId(),
                sensor.kind() == SensorKind.TRAFFIC,
                sensor.cityId(),
                0,
                0,
                new double[0],
                Long.MIN_VALUE);
    }

    boolean isReading() {
        return values.length > 0;
    }

    SensorKind kind() {
        return traffic ? SensorKind.TRAFFIC : SensorKind.AIR;
    }
}
