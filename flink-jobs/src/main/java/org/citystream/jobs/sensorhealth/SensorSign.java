package org.citystream.jobs.sensorhealth;

import java.util.List;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.MeasuredValues;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;
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
 * @param observedAt end of the observed period, epoch ms; of a comparison, start of the hour
 * @param values in the order of the reading's format, NaN: not measured; of a comparison, the departures; else empty
 * @param clockAt the deployment's clock at arrival, epoch ms; {@link Long#MIN_VALUE} where nothing was measured
 * @param detail why a message was refused, for people; of a comparison, whether channels agree, if there are any; else empty
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
        REFUSED_TIME,
        /** One of its hours was held against its neighbours'. */
        COMPARED
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

    static SensorSign compared(Comparison comparison, boolean traffic, long hourStart) {
        double[] departures = fields(traffic).stream()
                .mapToDouble(field -> comparison.departures().getOrDefault(field, Double.NaN))
                .toArray();
        Boolean agree = comparison.channelsAgree();
        return new SensorSign(
                comparison.sensorId(),
                Kind.COMPARED,
                traffic,
                null,
                hourStart,
                0,
                null,
                departures,
                Long.MIN_VALUE,
                agree == null ? "" : agree.toString());
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
        return new Observation(
                traffic ? Observation.trafficChannel(laneId) : Observation.airChannel(),
                observedAt,
                clockAt,
                bootId == null ? Identity.NO_BOOT : Identity.bootKey(bootId),
                MeasuredValues.byField(fields(traffic), values));
    }

    /** How its hour compares. */
    Comparison comparison() {
        return new Comparison(
                sensorId,
                MeasuredValues.byField(fields(traffic), values),
                detail.isEmpty() ? null : Boolean.valueOf(detail));
    }

    private static List<String> fields(boolean traffic) {
        return (traffic ? ReadingFormat.TRAFFIC : ReadingFormat.AIR).fields();
    }
}
