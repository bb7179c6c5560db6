package org.citystream.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;

/** What JSON can say and PostgreSQL cannot store: NUL, and half a character (one surrogate without the other). */
public final class StorableText {
    /** Why a text is refused that is not storable. */
    public static final String REFUSAL = "has a NUL or half a character (a surrogate without the other) in it";

    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");
    private static final String REPLACEMENT = "\uFFFD";

    private StorableText() {}

    public static boolean isStorable(String text) {
        return !UNSTORABLE.matcher(text).find();
    }

    /** Whether all texts and names of a document are. */
    public static boolean isStorable(JsonNode node) {
        if (node.isTextual()) {
            return isStorable(node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!isStorable(field.getKey())) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isStorable(child)) {
                return false;
            }
        }
        return true;
    }

    /** The document with U+FFFD in place of each character that is not storable. */
    public static JsonNode replaced(JsonNode node) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node.isTextual()) {
            return nodes.textNode(replaced(node.textValue()));
        }
        if (node.isArray()) {
            ArrayNode array = nodes.arrayNode(node.size());
            node.forEach(child -> array.add(replaced(child)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = nodes.objectNode();
            node.properties().forEach(field -> object.set(replaced(field.getKey()), replaced(field.getValue())));
            return object;
        }
        return node;
    }

    private static String replaced(String text) {
        return UNSTORABLE.matcher(text).replaceAll(REPLACEMENT);
    }
}
