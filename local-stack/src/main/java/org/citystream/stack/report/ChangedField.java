package org.citystream.stack.report;

import com.fasterxml.jackson.databind.JsonNode;

/** A field that changed, as a line. */
final class ChangedField {
    private ChangedField() {}

    static String line(String path, JsonNode before, JsonNode after) {
        return "    " + path + ": " + value(before) + " -> " + value(after);
    }

    private static String value(JsonNode value) {
        if (value.isMissingNode()) {
            return "(none)";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
