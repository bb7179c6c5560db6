package org.citystream.gateway.route;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of the routes file, read key by key. Every problem is noted with its place and nothing is thrown; who has read
 * something must look at the problems before using it.
 */
final class Section {
    private final JsonNode node;
    private final String place;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    Section(JsonNode node, String place, List<String> problems) {
        this.node = node;
        this.place = place;
        this.problems = problems;
        if (!node.isObject()) {
            problems.add(place + " must be an object");
        }
    }

    private JsonNode raw(String key) {
        known.add(key);
        JsonNode value = node.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String key) {
        return !raw(key).isMissingNode();
    }

    void problem(String key, String what) {
        problems.add(at(key) + " " + what);
    }

    private String at(String key) {
        return place + "." + key;
    }

    /** A value made of its text; null if the key is not there, or the value cannot be made. */
    <T> @Nullable T optional(String key, Function<String, T> make) {
        JsonNode value = raw(key);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isValueNode()) {
            problem(key, "must be a single value");
            return null;
        }
        try {
            return make.apply(value.asText());
        } catch (IllegalArgumentException | DateTimeException e) {
            problem(key, "is '" + value.asText() + "': " + e.getMessage());
            return null;
        }
    }

    <T> T value(String key, Function<String, T> make, T otherwise) {
        T value = optional(key, make);
        return value == null ? otherwise : value;
    }

    <T> T required(String key, Function<String, T> make, T otherwise) {
        if (!has(key)) {
            problem(key, "is missing");
        }
        return value(key, make, otherwise);
    }

    @Nullable JsonPointer pointer(String key) {
        return optional(key, JsonPointer::compile);
    }

    double number(String key, double absent) {
        return value(key, Double::valueOf, absent);
    }

    List<String> texts(String key) {
        JsonNode value = raw(key);
        List<String> texts = new ArrayList<>();
        if (!value.isArray() || value.isEmpty()) {
            problem(key, "must be a list");
            return texts;
        }
        value.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    List<Section> sections(String key) {
        JsonNode value = raw(key);
        List<Section> sections = new ArrayList<>();
        if (!value.isArray()) {
            problem(key, "must be a list of objects");
            return sections;
        }
        for (int i = 0; i < value.size(); i++) {
            sections.add(new Section(value.get(i), at(key) + "[" + i + "]", problems));
        }
        return sections;
    }

    /** The object at the key; an absent one reads as empty. */
    Section section(String key) {
        JsonNode value = raw(key);
        return new Section(
                value.isMissingNode()
                        ? com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
                        : value,
                at(key),
                problems);
    }

    /** Keys of an object whose keys are data. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** A key that nobody asked for is a mistake. */
    void refuseUnknown() {
        for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                problem(key, "is not known; known are " + String.join(", ", known));
            }
        }
    }
}
