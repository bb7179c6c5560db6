package org.citystream.alerting.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;

/**
 * What an event says, apart from how often and by which way it was said. Two runs over the same readings agree on this
 * and may differ in revision, event id, transition, the links between episodes, and where the readings were read from.
 */
public final class EventContent {
    private static final List<String> CIRCUMSTANCE =
            List.of("eventId", "revision", "transition", "at", "reason", "replaces", "replacedBy");
    private static final List<String> EVIDENCE_CIRCUMSTANCE = List.of("source", "lateCount");

    private EventContent() {}

    /** Whether both say the same about the same episode. */
    public static boolean same(CityEvent one, CityEvent other) {
        return one.eventId().equals(other.eventId())
                || (AlertState.of(one) == AlertState.of(other) && content(one).equals(content(other)));
    }

    private static JsonNode content(CityEvent event) {
        ObjectNode node = JsonCodec.internal().valueToTree(event);
        node.remove(CIRCUMSTANCE);
        node.put("withdrawn", event.transition() == Transition.WITHDRAWN);
        if (node.get("evidence") instanceof ObjectNode evidence) {
            evidence.remove(EVIDENCE_CIRCUMSTANCE);
        }
        return canonical(node);
    }

    /** Numbers by value and keys in order: the database gives 100 back for 1e2, and keys in an order of its own. */
    private static JsonNode canonical(JsonNode node) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node.isNumber()) {
            // Not in full: 1e999999 would be a text of a million digits. Beyond a double's range there is no decimal.
            return nodes.textNode(
                    Double.isFinite(node.doubleValue()) || node.isBigDecimal()
                            ? node.decimalValue().stripTrailingZeros().toString()
                            : node.asText());
        }
        if (node.isArray()) {
            ArrayNode array = nodes.arrayNode();
            node.forEach(item -> array.add(canonical(item)));
            return array;
        }
        if (node.isObject()) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
            return nodes.objectNode().setAll(fields);
        }
        return node;
    }
}
