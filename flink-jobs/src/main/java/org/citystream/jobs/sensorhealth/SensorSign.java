package org.citystream.jobs.sensorhealth;

import java.util.List;
import java.util.Map;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.Observation;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/**
 * A sign of one sensor.
 *
 * @param traffic whether it is a traffic sensor; otherwise an air sensor; of no meaning where a message was refused
 * @param values in the order of the reading's format, NaN: not measured; empty where nothing was measured
 * @param clockAt the deployment's clock at arrival, epoch ms; {@link Long#MIN_VALUE} where nothing was measured
 * @param detail why a message was refused, for people; empty: none was
 */
public record SensorSign(
        String sensorId,
        Kind kindOfSign,
        boolean traffic,
        @Nullable String cityId,
        long observedAt,
        int laneId,
        @Nullable String bootId,
        double[] values,
        long clockAt,
        String detail) {

    /** What happened. */
    public enum Kind {
        /** It reported. */
        REPORTED,
        /** The registry spoke of it. */
        REGISTERED,
        /** The gateway refused a message of it, for a value that cannot be. */
        REFUSED_VALUE,
        /** The gateway refused a message of it, for coming from the future. */
        REFUSED_TIME
    }

    static SensorSign reported(SensorKind kind, Reading reading) {
        return new SensorSign(
                reading.sensorId(),
                Kind.REPORTED,
                kind == SensorKind.TRAFFIC,
                reading.cityId(),
                reading.observedAt(),
                reading.laneId(),
                reading.bootId(),
                reading.values(),
                reading.clockAt(),
                "");
    }

    static SensorSign registered(Sensor sensor) {
        return unmeasured(sensor.sensorId(), Kind.REGISTERED, sensor.kind() == SensorKind.TRAFFIC, sensor.cityId(), "");
    }

    static SensorSign refused(String sensorId, Kind kind, String detail) {
        return unmeasured(sensorId, kind, false, null, detail);
    }

    private static SensorSign unmeasured(
            String sensorId, Kind kind, boolean traffic, @Nullable String cityId, String detail) {
        return new SensorSign(sensorId, kind, traffic, cityId, 0, 0, null, new double[0], Long.MIN_VALUE, detail);
    }

    SensorKind kind() {
        return traffic ? SensorKind.TRAFFIC : SensorKind.AIR;
    }

    /** What it reported. */
    Observation observation() {
        List<String> fields = (traffic ? ReadingFormat.TRAFFIC : ReadingFormat.AIR).fields();
        Map<String, Double> measured = Observation.byField(fields, values);
        return new Observation(
                traffic ? Observation.trafficChannel(laneId) : Observation.airChannel(),
                observedAt,
                clockAt,
                bootId == null ? Identity.NO_BOOT : Identity.bootKey(bootId),
                measured);
    }
}
