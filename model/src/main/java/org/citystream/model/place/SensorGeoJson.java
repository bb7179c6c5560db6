package org.citystream.model.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.place.InvalidSensorsException.Problem;
import org.citystream.model.wire.JsonCodec;

/**
 * Sensors as a GeoJSON FeatureCollection (RFC 7946): one feature a sensor, the registry fields as properties. The geometry
 * is the road segment's line where there is one ({@code roadGeometry}), else the sensor's point; a sensor without a place
 * has geometry {@code null}. Reading: a point gives {@code location} and a line {@code roadGeometry}, unless the property
 * is there itself; unknown properties are ignored.
 */
public final class SensorGeoJson {
    private static final JsonMapper MAPPER = JsonCodec.internal();

    private SensorGeoJson() {}

    /** The sensors as one feature collection, in their order. */
    public static ObjectNode write(Collection<Sensor> sensors) {
        ObjectNode collection = MAPPER.createObjectNode();
        collection.put("type", "FeatureCollection");
        ArrayNode features = collection.putArray("features");
        sensors.forEach(sensor -> features.add(feature(sensor)));
        return collection;
    }

    /** One sensor as a feature. */
    public static ObjectNode feature(Sensor sensor) {
        ObjectNode properties = MAPPER.valueToTree(sensor);
        JsonNode line = properties.remove("roadGeometry");
        ObjectNode feature = MAPPER.createObjectNode();
        feature.put("type", "Feature");
        GeoPoint location = sensor.location();
        if (line != null) {
            feature.putObject("geometry").put("type", "LineString").set("coordinates", line);
        } else if (location != null) {
            feature.putObject("geometry")
                    .put("type", "Point")
                    .putArray("coordinates")
                    .add(location.longitude())
                    .add(location.latitude());
        } else {
            feature.putNull("geometry");
        }
        feature.set("properties", properties);
        return feature;
    }

    /**
     * Reads a feature collection.
     *
     * @throws InvalidSensorsException with every problem: it is none, a feature is no sensor, or two have the same id
     */
    public static List<Sensor> read(byte[] geoJson) throws InvalidSensorsException {
        JsonNode features = parse(geoJson).path("features");
        if (!features.isArray()) {
            throw invalid("is no GeoJSON FeatureCollection: there is no array 'features'");
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, Sensor> sensors = new LinkedHashMap<>();
        for (int i = 0; i < features.size(); i++) {
            String path = "features[" + i + "]";
            new FeatureReader(path, problems).read(features.get(i)).ifPresent(sensor -> {
                if (sensors.putIfAbsent(sensor.sensorId(), sensor) != null) {
                    problems.add(
                            new Problem(path + ".properties.sensorId", "'" + sensor.sensorId() + "' occurs twice"));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new InvalidSensorsException(problems);
        }
        return List.copyOf(sensors.values());
    }

    private static JsonNode parse(byte[] geoJson) throws InvalidSensorsException {
        try {
            return MAPPER.readTree(geoJson);
        } catch (JsonProcessingException e) {
            throw invalid("is no JSON: " + e.getOriginalMessage() + " at line "
                    + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw invalid("cannot be read: " + e.getMessage());
        }
    }

    private static InvalidSensorsException invalid(String reason) {
        return new InvalidSensorsException(List.of(new Problem("", reason)));
    }
}
