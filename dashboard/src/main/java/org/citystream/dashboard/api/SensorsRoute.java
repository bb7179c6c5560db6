package org.citystream.dashboard.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.citystream.dashboard.live.CityState;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/sensors}: the registry as GeoJSON, each sensor with the latest summary of its subject. */
final class SensorsRoute {
    private final CityState state;

    SensorsRoute(CityState state) {
        this.state = state;
    }

    void handle(Context context) {
        context.contentType("application/geo+json").result(JsonCodec.write(collection()));
    }

    private ObjectNode collection() {
        Map<String, TrafficSummary> traffic = state.traffic();
        Map<String, AirQualitySummary> air = state.air();
        Map<String, SensorHealth> health = state.health();
        ObjectNode collection = JsonNodeFactory.instance.objectNode().put("type", "FeatureCollection");
        ArrayNode features = collection.putArray("features");
        for (Sensor sensor : state.registry().at(state.now())) {
            ObjectNode feature = features.addObject().put("type", "Feature").put("id", sensor.sensorId());
            feature.set("geometry", geometry(sensor));
            ObjectNode properties = JsonCodec.internal().valueToTree(sensor);
            properties.remove("roadGeometry");
            Object latest =
                    sensor.kind() == SensorKind.TRAFFIC ? traffic.get(sensor.subjectId()) : air.get(sensor.subjectId());
            properties.set("latest", JsonCodec.internal().valueToTree(latest));
            properties.set("health", JsonCodec.internal().valueToTree(health.get(sensor.sensorId())));
            feature.set("properties", properties);
        }
        return collection;
    }

    private static @Nullable ObjectNode geometry(Sensor sensor) {
        ObjectNode geometry = JsonNodeFactory.instance.objectNode();
        List<List<Double>> line = sensor.roadGeometry();
        if (line != null && line.size() > 1) {
            geometry.put("type", "LineString");
            geometry.set("coordinates", JsonCodec.internal().valueToTree(line));
            return geometry;
        }
        if (sensor.location() == null) {
            return null;
        }
        geometry.put("type", "Point");
        geometry.putArray("coordinates")
                .add(sensor.location().longitude())
                .add(sensor.location().latitude());
        return geometry;
    }
}
