package org.citystream.simulator.publish;

import java.time.Instant;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;

/**
 * A reading on its way to the broker, in the native format.
 *
 * @param sentAt the deployment's clock at which the sensor sends it, at or after {@code observedAt}
 */
public record Outgoing(String sensorId, String topic, byte[] payload, Instant observedAt, Instant sentAt) {

    public static Outgoing of(TrafficReading reading, String cityId, Instant sentAt) {
        String topic = "city/" + cityId + "/traffic/" + reading.sensorId();
        return new Outgoing(reading.sensorId(), topic, JsonCodec.write(reading), reading.observedAt(), sentAt);
    }

    /** Any payload under the topic of a report's sensor. */
    public static Outgoing of(
            SensorKind kind, String sensorId, byte[] payload, Instant observedAt, String cityId, Instant sentAt) {
        String branch = kind == SensorKind.AIR ? "/air/" : "/traffic/";
        return new Outgoing(sensorId, "city/" + cityId + branch + sensorId, payload, observedAt, sentAt);
    }

    public static Outgoing of(AirQualityReading reading, String cityId, Instant sentAt) {
        String topic = "city/" + cityId + "/air/" + reading.sensorId();
        return new Outgoing(reading.sensorId(), topic, JsonCodec.write(reading), reading.observedAt(), sentAt);
    }
}
