package org.citystream.model.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citystream.model.place.InvalidSensorsException.Problem;
import org.citystream.model.wire.JsonCodec;

/** One sensor from its GeoJSON feature; collects every problem with its path. */
final class FeatureReader {
    private static final JsonMapper MAPPER = JsonCodec.internal();
    private static final String PROPERTIES = ".properties";
    private static final String GEOMETRY = ".geometry";

    private final String path;
    private final List<Problem> problems;
    private final int before;
    private String who = "";

    /** @param problems where problems are added */
    FeatureReader(String path, List<Problem> problems) {
        this.path = path;
        this.problems = problems;
        this.before = problems.size();
    }

    /** Empty if there was any problem. */
    Optional<Sensor> read(JsonNode feature) {
        if (!(feature.path("properties") instanceof ObjectNode given)) {
            problem(PROPERTIES, "is required");
            return Optional.empty();
        }
        ObjectNode properties = given.deepCopy();
        if (id("sensorId", properties.path("sensorId"))) {
            who = " (sensor " + properties.path("sensorId").asText() + ")";
        }
        for (String required : List.of("sensorId", "kind", "cityId")) {
            if (!properties.path(required).isTextual()) {
                problem(PROPERTIES + "." + required, "is required");
            }
        }
        for (String name : List.of("cityId", "roadSegmentId", "corridorId", "stationId")) {
            id(name, properties.path(name));
        }
        timeZone(properties.path("timeZone"));
        place(feature.path("geometry"), properties);
        return problems.size() > before ? Optional.empty() : sensor(properties);
    }

    private boolean id(String name, JsonNode id) {
        if (!id.isTextual()) {
            return false;
        }
        if (!Sensor.ID.matcher(id.textValue()).matches()) {
            problem(PROPERTIES + "." + name, "must match " + Sensor.ID.pattern() + " but is '" + id.asText() + "'");
            return false;
        }
        return true;
    }

    private void timeZone(JsonNode zone) {
        try {
            if (zone.isTextual()) {
                ZoneId.of(zone.textValue());
            }
        } catch (DateTimeException e) {
            problem(
                    PROPERTIES + ".timeZone",
                    "must be an IANA zone such as Europe/Copenhagen but is '" + zone.textValue() + "'");
        }
    }

    private Optional<Sensor> sensor(ObjectNode properties) {
        try {
            return Optional.of(MAPPER.treeToValue(properties, Sensor.class));
        } catch (JsonMappingException e) {
            String field = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(name -> name != null)
                    .collect(Collectors.joining("."));
            problem(PROPERTIES + (field.isEmpty() ? "" : "." + field), reason(e));
        } catch (JsonProcessingException e) {
            problem(PROPERTIES, e.getOriginalMessage());
        }
        return Optional.empty();
    }

    /** What the record itself says where it refused, else what Jackson makes of it without the names of our classes. */
    private static String reason(JsonMappingException e) {
        return e.getCause() instanceof IllegalArgumentException refusal
                ? String.valueOf(refusal.getMessage())
                : e.getOriginalMessage().replaceAll("`[a-z.]*([A-Z]\\w*)[^`]*`", "$1");
    }

    private void place(JsonNode geometry, ObjectNode properties) {
        if (geometry.isNull() || geometry.isMissingNode()) {
            return;
        }
        JsonNode coordinates = geometry.path("coordinates");
        switch (geometry.path("type").asText("")) {
            case "Point" -> {
                if (isPosition(coordinates) && !properties.has("location")) {
                    properties.set("location", point(coordinates));
                }
            }
            case "LineString" -> line(coordinates, properties);
            default -> problem(GEOMETRY + ".type", "must be Point or LineString");
        }
    }

    private void line(JsonNode coordinates, ObjectNode properties) {
        if (!coordinates.isArray() || coordinates.size() < 2) {
            problem(GEOMETRY + ".coordinates", "a LineString needs two positions");
            return;
        }
        ArrayNode line = MAPPER.createArrayNode();
        for (JsonNode position : coordinates) {
            if (!isPosition(position)) {
                return;
            }
            line.addArray()
                    .add(position.get(0).doubleValue())
                    .add(position.get(1).doubleValue());
        }
        if (!properties.has("roadGeometry")) {
            properties.set("roadGeometry", line);
        }
        if (!properties.has("location")) {
            properties.set("location", point(coordinates.get(coordinates.size() / 2)));
        }
    }

    private boolean isPosition(JsonNode position) {
        boolean numbers = position.isArray()
                && position.path(0).isNumber()
                && position.path(1).isNumber();
        if (numbers
                && Math.abs(position.get(0).doubleValue()) <= 180
                && Math.abs(position.get(1).doubleValue()) <= 90) {
            return true;
        }
        problem(
                GEOMETRY + ".coordinates",
                "a position must be [longitude, latitude] within -180..180 and -90..90 but is " + position);
        return false;
    }

    private static ObjectNode point(JsonNode position) {
        return MAPPER.createObjectNode()
                .put("latitude", position.get(1).doubleValue())
                .put("longitude", position.get(0).doubleValue());
    }

    private void problem(String where, String reason) {
        problems.add(new Problem(path + where, reason + who));
    }
}
