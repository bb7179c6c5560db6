package org.citystream.simulator.publish;

import java.time.Instant;
import org.citystream.ledger.MessageId;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;

/**
 * A reading on its way to the broker.
 *
 * @param nativeFormat whether the gateway passes these bytes on as they are; else it translates them
 * @param sentAt the deployment's clock at which the sensor sends it, at or after {@code observedAt}
 */
public record Outgoing(MessageId id, String topic, byte[] payload, boolean nativeFormat, Instant sentAt) {

    public static Outgoing of(TrafficReading reading, String cityId, Instant sentAt) {
        return of(SensorKind.TRAFFIC, MessageId.of(reading), JsonCodec.write(reading), cityId, sentAt);
    }

    public static Outgoing of(AirQualityReading reading, String cityId, Instant sentAt) {
        return of(SensorKind.AIR, MessageId.of(reading), JsonCodec.write(reading), cityId, sentAt);
    }

    /** Any payload under the native topic of its sensor. */
    public static Outgoing of(SensorKind kind, MessageId id, byte[] payload, String cityId, Instant sentAt) {
        String branch = kind == SensorKind.AIR ? "/air/" : "/traffic/";
        return new Outgoing(id, "city/" + cityId + branch + id.sensorId(), payload, true, sentAt);
    }

    public String sensorId() {
        return id.sensorId();
    }

    /** End of the observed period. */
    public Instant observedAt() {
        return id.observedAt();
    }
}
