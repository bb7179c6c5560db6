package org.citystream.alerting.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a routing file. Collects every problem with its path instead of stopping at the first. Names may be
 * written with hyphens, as here, or with underscores, as in Alertmanager.
 */
final class Section {
    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    Section(JsonNode node, String path, List<String> problems) {
        this.node = node.isObject() ? normalized(node) : JsonNodeFactory.instance.objectNode();
        this.path = path;
        this.problems = problems;
        if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
            problems.add(path + ": must be a mapping");
        }
    }

    private static JsonNode normalized(JsonNode node) {
        var fields = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> fields.set(field.getKey().replace('_', '-'), field.getValue()));
        return fields;
    }

    private JsonNode raw(String field) {
        known.add(field);
        return node.path(field);
    }

    boolean has(String field) {
        JsonNode value = raw(field);
        return !value.isMissingNode() && !value.isNull();
    }

    /** Whether the field is there, even if it says null. */
    boolean says(String field, String value) {
        return has(field) && raw(field).asText().equals(value);
    }

    @Nullable String text(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = raw(field);
        if (!value.isValueNode() || value.asText().isBlank()) {
            problem(field, "must be a text");
            return null;
        }
        return value.asText();
    }

    boolean flag(String field) {
        if (has(field) && !raw(field).isBoolean()) {
            problem(field, "must be true or false");
        }
        return raw(field).asBoolean(false);
    }

    /** The value that {@code parser} makes of the text; absent if the field is. */
    <T> @Nullable T parsed(String field, Function<String, T> parser) {
        String text = text(field);
        return text == null ? null : attempt(field, text, parser);
    }

    /** Each text of a list; those that cannot be parsed are reported and left out. */
    <T> List<T> parsedList(String field, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        List<String> texts = texts(field);
        for (int i = 0; i < texts.size(); i++) {
            T value = attempt(field + "[" + i + "]", texts.get(i), parser);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private <T> @Nullable T attempt(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            problem(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(field)) {
            if (item.isValueNode()) {
                texts.add(item.asText());
            } else {
                problem(field, "must be a list of texts");
            }
        }
        return texts;
    }

    private JsonNode items(String field) {
        JsonNode value = raw(field);
        if (has(field) && !value.isArray()) {
            problem(field, "must be a list");
            return JsonNodeFactory.instance.arrayNode();
        }
        return value;
    }

    /** Each mapping of a list. */
    <T> List<T> sections(String field, BiFunction<Section, Integer, T> reader) {
        List<T> read = new ArrayList<>();
        JsonNode items = items(field);
        for (int i = 0; i < items.size(); i++) {
            Section section = new Section(items.get(i), pathOf(field) + "[" + i + "]", problems);
            read.add(reader.apply(section, i));
            section.refuseUnknown();
        }
        return read;
    }

    Section section(String field) {
        return new Section(raw(field), pathOf(field), problems);
    }

    /** Names and their lists of texts. */
    Map<String, List<String>> lists(String field) {
        Map<String, List<String>> lists = new TreeMap<>();
        JsonNode map = raw(field);
        Section section = section(field);
        map.fieldNames().forEachRemaining(name -> lists.put(name, section.textsOf(name, map.path(name))));
        return lists;
    }

    private List<String> textsOf(String name, JsonNode values) {
        List<String> texts = new ArrayList<>();
        if (!values.isArray()) {
            problem(name, "must be a list");
        }
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    void problem(String field, String reason) {
        problems.add((field.isEmpty() ? path : pathOf(field)) + ": " + reason);
    }

    /** Reports every field that nobody has asked for. */
    void refuseUnknown() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problem(
                        name,
                        "is not known here; known: " + String.join(", ", known).toLowerCase(Locale.ROOT));
            }
        });
    }

    private String pathOf(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
