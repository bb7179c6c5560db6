package org.citystream.simulator.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Rfc3339;
import org.jspecify.annotations.Nullable;

/** NGSI-LD entities of the Smart Data Models, {@code TrafficFlowObserved} and {@code AirQualityObserved}, as key-values. */
final class NgsiLdFormat implements ForeignFormat {
    private static final double MICROGRAMS_PER_MILLIGRAM = 1_000;

    @Override
    public String name() {
        return "ngsi-ld";
    }

    @Override
    public Set<SensorKind> kinds() {
        return Set.of(SensorKind.TRAFFIC, SensorKind.AIR);
    }

    @Override
    public String topic(String sensorId) {
        return "ngsi/" + sensorId;
    }

    @Override
    public byte[] payload(TrafficReading reading) {
        ObjectNode entity = entity("TrafficFlowObserved", reading.sensorId());
        period(entity, reading.observedAt(), reading.periodSeconds());
        entity.put("laneId", reading.laneId());
        entity.put("intensity", reading.vehicleCount());
        entity.put("averageVehicleSpeed", reading.averageSpeedKmh());
        entity.put("occupancy", reading.occupancy());
        return written(entity);
    }

    @Override
    public byte[] payload(AirQualityReading reading) {
        ObjectNode entity = entity("AirQualityObserved", reading.sensorId());
        period(entity, reading.observedAt(), reading.periodSeconds());
        AirValues.of(reading).forEach(entity::put);
        if (reading.coMgM3() != null) {
            entity.put("co", Math.rint(reading.coMgM3() * 1e6) / 1e6 * MICROGRAMS_PER_MILLIGRAM);
        }
        return written(entity);
    }

    private static ObjectNode entity(String type, String sensorId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "urn:ngsi-ld:" + type + ":" + sensorId)
                .put("type", type)
                .put("refDevice", sensorId);
    }

    private static void period(ObjectNode entity, Instant end, @Nullable Integer seconds) {
        if (seconds == null) {
            entity.put("dateObserved", Rfc3339.text(end));
        } else {
            entity.put("dateObservedFrom", Rfc3339.text(end.minusSeconds(seconds)));
            entity.put("dateObservedTo", Rfc3339.text(end));
        }
    }

    /** What was not measured is left out. */
    private static byte[] written(ObjectNode entity) {
        entity.properties().removeIf(field -> field.getValue().isNull());
        return JsonCodec.write(entity);
    }
}
