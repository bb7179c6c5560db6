package org.citystream.model.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.citystream.model.wire.JsonCodec;

/**
 * Sensors as a GeoJSON FeatureCollection (RFC 7946): one feature a sensor, the registry fields as properties. The geometry
 * is the road segment's line where there is one ({@code roadGeometry}), else the sensor's point; a sensor without a place
 * has geometry {@code null}. Reading: a point gives {@code location} and a line {@code roadGeometry}, unless the property
 * is there itself; unknown properties are ignored.
 */
public final class SensorGeoJson {
    private static final JsonMapper MAPPER = JsonCodec.internal();
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

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
     * @throws InvalidSensorsException if it is none, a feature is no sensor, or two have the same id
     */
    public static List<Sensor> read(byte[] geoJson) throws InvalidSensorsException {
        JsonNode features = parse(geoJson).path("features");
        if (!features.isArray()) {
            throw new InvalidSensorsException("is no GeoJSON FeatureCollection: there is no array 'features'");
        }
        List<Sensor> sensors = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            Sensor sensor = sensor(features.get(i), "feature " + i);
            if (!ids.add(sensor.sensorId())) {
                throw new InvalidSensorsException(
                        "feature " + i + ": sensor '" + sensor.sensorId() + "' is there twice");
            }
            sensors.add(sensor);
        }
        return sensors;
    }

    private static JsonNode parse(byte[] geoJson) throws InvalidSensorsException {
        try {
            return MAPPER.readTree(geoJson);
        } catch (JsonProcessingException e) {
            throw new InvalidSensorsException(
                    "is no JSON: " + e.getOriginalMessage() + " at line "
                            + e.getLocation().getLineNr(),
                    e);
        } catch (IOException e) {
            throw new InvalidSensorsException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static Sensor sensor(JsonNode feature, String where) throws InvalidSensorsException {
        if (!(feature.path("properties") instanceof ObjectNode given)) {
            throw new InvalidSensorsException(where + ": there are no properties");
        }
        ObjectNode properties = given.deepCopy();
        String id = properties.path("sensorId").asText("");
        if (!ID.matcher(id).matches()) {
            throw new InvalidSensorsException(where + ": sensorId must match " + ID.pattern() + " but is '" + id + "'");
        }
        String who = where + " (" + id + ")";
        for (String required : List.of("kind", "cityId")) {
            if (!properties.path(required).isTextual()) {
                throw new InvalidSensorsException(who + ": property '" + required + "' is missing");
            }
        }
        place(feature.path("geometry"), properties, who);
        try {
            return MAPPER.treeToValue(properties, Sensor.class);
        } catch (JsonProcessingException e) {
            throw new InvalidSensorsException(who + ": " + e.getOriginalMessage(), e);
        }
    }

    private static void place(JsonNode geometry, ObjectNode properties, String who) throws InvalidSensorsException {
        if (geometry.isNull() || geometry.isMissingNode()) {
            return;
        }
        JsonNode coordinates = geometry.path("coordinates");
        switch (geometry.path("type").asText("")) {
            case "Point" -> {
                if (!properties.has("location")) {
                    properties.set("location", point(coordinates, who));
                }
            }
            case "LineString" -> {
                if (!coordinates.isArray() || coordinates.size() < 2) {
                    throw new InvalidSensorsException(who + ": a LineString needs two positions");
                }
                if (!properties.has("roadGeometry")) {
                    properties.set("roadGeometry", line(coordinates, who));
                }
                if (!properties.has("location")) {
                    properties.set("location", point(coordinates.get(coordinates.size() / 2), who));
                }
            }
            default -> throw new InvalidSensorsException(who + ": geometry must be a Point or a LineString");
        }
    }

    private static ArrayNode line(JsonNode coordinates, String who) throws InvalidSensorsException {
        ArrayNode line = MAPPER.createArrayNode();
        for (JsonNode position : coordinates) {
            ObjectNode point = point(position, who);
            line.addArray().add(point.get("longitude")).add(point.get("latitude"));
        }
        return line;
    }

    private static ObjectNode point(JsonNode position, String who) throws InvalidSensorsException {
        if (!position.isArray()
                || !position.path(0).isNumber()
                || !position.path(1).isNumber()) {
            throw new InvalidSensorsException(who + ": a position must be [longitude, latitude] but is " + position);
        }
        return MAPPER.createObjectNode()
                .put("latitude", position.get(1).doubleValue())
                .put("longitude", position.get(0).doubleValue());
    }
}
