package org.citystream.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/**
 * NGSI-LD entities TrafficFlowObserved and AirQualityObserved (Smart Data Models): one, an array, or a notification's
 * {@code data}; normalised or key-values. {@code intensity} counts the vehicles of the period. The sensor is
 * {@code refDevice} or {@code refPointOfInterest}, else the entity without the time in its id.
 */
public final class NgsiLd implements Decoder {
    private static final String TRAFFIC = "TrafficFlowObserved";
    private static final String AIR = "AirQualityObserved";
    /** Entities of observations carry their time in their id; a sensor keeps its own. */
    private static final Pattern TIME_IN_ID =
            Pattern.compile("[-:_]?\\d{4}-\\d{2}-\\d{2}T\\d{2}:?\\d{2}(:?\\d{2})?(\\.\\d+)?(Z|[+-]\\d{2}:?\\d{2})?$");

    private static final double UNRELIABLE = 0.5;

    /** A field of an entity, and the unit in which the data model has it. */
    private record Field(Quantity quantity, Unit unit) {}

    private static final Map<String, Field> TRAFFIC_FIELDS = Map.of(
            "intensity", new Field(Quantity.VEHICLE_COUNT, Unit.COUNT),
            "averageVehicleSpeed", new Field(Quantity.AVERAGE_SPEED, Unit.KILOMETRE_PER_HOUR),
            "occupancy", new Field(Quantity.OCCUPANCY, Unit.RATIO));
    private static final Map<String, Field> AIR_FIELDS = airFields();

    private final Source source;

    public NgsiLd(Source source) {
        this.source = source;
    }

    private static Map<String, Field> airFields() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("pm25", new Field(Quantity.PM25, Unit.MICROGRAM_PER_M3));
        fields.put("pm10", new Field(Quantity.PM10, Unit.MICROGRAM_PER_M3));
        fields.put("no2", new Field(Quantity.NO2, Unit.MICROGRAM_PER_M3));
        fields.put("o3", new Field(Quantity.O3, Unit.MICROGRAM_PER_M3));
        fields.put("so2", new Field(Quantity.SO2, Unit.MICROGRAM_PER_M3));
        fields.put("co", new Field(Quantity.CO, Unit.MICROGRAM_PER_M3));
        fields.put("temperature", new Field(Quantity.TEMPERATURE, Unit.CELSIUS));
        fields.put("relativeHumidity", new Field(Quantity.RELATIVE_HUMIDITY, Unit.RATIO));
        fields.put("windSpeed", new Field(Quantity.WIND_SPEED, Unit.METRE_PER_SECOND));
        fields.put("windDirection", new Field(Quantity.WIND_DIRECTION, Unit.DEGREE));
        return fields;
    }

    @Override
    public String name() {
        return "ngsi-ld";
    }

    @Override
    public List<Decoded> decode(Message message) {
        try {
            JsonNode document = Documents.json(message.payload());
            Outcomes outcomes = new Outcomes(source.cityId());
            if (document.isArray()) {
                addAll(outcomes, message, document);
            } else if (document.path("data").isArray()) {
                addAll(outcomes, message, document.path("data"));
            } else {
                add(outcomes, message, document);
            }
            return outcomes.list();
        } catch (Refusal refusal) {
            return List.of(Outcomes.rejected(refusal));
        }
    }

    private void addAll(Outcomes outcomes, Message message, JsonNode entities) throws Refusal {
        for (JsonNode entity : entities) {
            add(outcomes, message, entity);
        }
    }

    private void add(Outcomes outcomes, Message message, JsonNode entity) throws Refusal {
        if (!entity.isObject()) {
            outcomes.add(new Refusal(RejectReason.WRONG_TYPE, "an entity is an object"));
            return;
        }
        String type = entity.path("type").asText("");
        switch (type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1)) {
            case TRAFFIC -> outcomes.add(SensorKind.TRAFFIC, draft -> traffic(draft, message, entity));
            case AIR -> outcomes.add(SensorKind.AIR, draft -> air(draft, message, entity));
            default ->
                outcomes.add(new Refusal(
                        RejectReason.UNKNOWN_FORMAT,
                        "entities of type '" + type + "' are not taken; " + TRAFFIC + " and " + AIR + " are"));
        }
    }

    private void traffic(ReadingDraft draft, Message message, JsonNode entity) throws Refusal {
        draft.sensor(source.sensor(message.topic(), sensor(entity)));
        time(draft, message, entity, TRAFFIC_FIELDS);
        JsonNode lane = value(entity, "laneId");
        if (lane.isNumber()) {
            if (!lane.canConvertToExactIntegral()) {
                throw new Refusal(RejectReason.WRONG_TYPE, "laneId must be a whole number");
            }
            draft.lane(lane.longValue());
        }
        measure(draft, entity, TRAFFIC_FIELDS);
        if (draft.countsWithoutPeriod()) {
            draft.flag("period-assumed");
        }
        JsonNode headway = value(entity, "averageHeadwayTime");
        if (headway.isNumber()) {
            draft.checkHeadway(headway.doubleValue());
        }
    }

    private void air(ReadingDraft draft, Message message, JsonNode entity) throws Refusal {
        draft.sensor(source.sensor(message.topic(), sensor(entity)));
        time(draft, message, entity, AIR_FIELDS);
        measure(draft, entity, AIR_FIELDS);
        JsonNode reliability = value(entity, "reliability");
        if (reliability.isNumber() && reliability.doubleValue() < UNRELIABLE) {
            draft.flag("low-reliability");
        }
    }

    private static @Nullable String sensor(JsonNode entity) {
        for (String reference : List.of("refDevice", "refPointOfInterest")) {
            JsonNode device = value(entity, reference);
            JsonNode first = device.isArray() ? device.path(0) : device;
            if (first.isTextual() && !first.textValue().isEmpty()) {
                return first.textValue();
            }
        }
        JsonNode id = entity.path("id");
        return id.isTextual() ? withoutTime(id.textValue()) : null;
    }

    private static String withoutTime(String id) {
        // Those that are no ids are refused further on, and not searched.
        return id.length() > ForeignId.LONGEST_ORIGINAL
                ? id
                : TIME_IN_ID.matcher(id).replaceFirst("");
    }

    /** An attribute's value in either form: bare, or within a Property or Relationship, or typed within that. */
    private static JsonNode value(JsonNode entity, String attribute) {
        JsonNode node = entity.path(attribute);
        if (node.isObject() && node.has("value")) {
            node = node.path("value");
        } else if (node.isObject() && node.has("object")) {
            node = node.path("object");
        }
        return node.isObject() && node.has("@value") ? node.path("@value") : node;
    }

    private static @Nullable String text(JsonNode entity, String attribute) {
        JsonNode value = value(entity, attribute);
        return value.isTextual() ? value.textValue() : null;
    }

    /** Of the ways to say it, the exact ones first. */
    private void time(ReadingDraft draft, Message message, JsonNode entity, Map<String, Field> fields) throws Refusal {
        String from = text(entity, "dateObservedFrom");
        String to = text(entity, "dateObservedTo");
        String observed = text(entity, "dateObserved");
        if (to == null && observed != null && observed.indexOf('/') > 0) {
            from = observed.substring(0, observed.indexOf('/'));
            to = observed.substring(observed.indexOf('/') + 1);
        }
        String end = to != null ? to : observed != null ? observed : observedAt(entity, fields);
        if (end == null) {
            draft.observedByArrival(message.clockAt());
            return;
        }
        Instant until = ForeignTime.parse(end, source.timeZone(), draft);
        draft.observedAt(until);
        if (to != null && from != null) {
            ForeignTime.period(draft, ForeignTime.parse(from, source.timeZone(), draft), until);
        }
    }

    /** Normalised properties may carry their time themselves. */
    private static @Nullable String observedAt(JsonNode entity, Map<String, Field> fields) {
        for (String name : fields.keySet()) {
            JsonNode time = entity.path(name).path("observedAt");
            if (time.isTextual()) {
                return time.textValue();
            }
        }
        return null;
    }

    private void measure(ReadingDraft draft, JsonNode entity, Map<String, Field> fields) throws Refusal {
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            JsonNode value = value(entity, field.getKey());
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (!value.isNumber()) {
                throw new Refusal(RejectReason.WRONG_TYPE, field.getKey() + " must be a number");
            }
            JsonNode code = entity.path(field.getKey()).path("unitCode");
            Quantity quantity = field.getValue().quantity();
            Unit unit = source.unit(
                    quantity,
                    code.isTextual() ? code.textValue() : null,
                    field.getValue().unit());
            // Counts are given in all kinds of units of one.
            Unit counted = quantity == Quantity.VEHICLE_COUNT && unit == Unit.RATIO ? Unit.COUNT : unit;
            source.measure(draft, quantity, value.doubleValue(), counted);
        }
    }
}
