package org.citystream.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One field in which two versions of a JSON document differ.
 *
 * @param path such as {@code enter.for}; lists count as one field
 * @param before missing if the field is new
 * @param after missing if the field is gone
 */
public record FieldChange(String path, JsonNode before, JsonNode after) {

    /** Every difference, in the order of the later document's fields; those that it lacks come last. */
    public static List<FieldChange> between(JsonNode before, JsonNode after) {
        List<FieldChange> changes = new ArrayList<>();
        compare("", before, after, changes);
        return changes;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<FieldChange> changes) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            changes.add(new FieldChange(path, before, after));
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        after.fieldNames().forEachRemaining(names::add);
        before.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            compare(path.isEmpty() ? name : path + "." + name, field(before, name), field(after, name), changes);
        }
    }

    private static JsonNode field(JsonNode document, String name) {
        JsonNode value = document.get(name);
        return value == null ? MissingNode.getInstance() : value;
    }
}
