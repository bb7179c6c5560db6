package org.citystream.model.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.citystream.model.rule.InvalidRuleException.Problem;
import org.citystream.model.wire.NearestName;
import org.citystream.model.wire.WireName;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object field by field, collecting every problem with its path instead of stopping at the first.
 * Readers of a missing or malformed required field return a harmless value; the caller must look at
 * {@link #problems()} before it trusts what it read.
 */
final class DocumentReader {
    private final JsonNode node;
    private final String path;
    private final List<Problem> problems;
    private final Set<String> read = new TreeSet<>();

    DocumentReader(JsonNode node, String path, List<Problem> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!node.isObject()) {
            problems.add(new Problem(path, "must be an object with fields"));
        }
    }

    List<Problem> problems() {
        return problems;
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    JsonNode raw(String field) {
        read.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? MissingNode.getInstance() : value;
    }

    /** The object below {@code field}; an absent one reads as empty and is reported. */
    DocumentReader object(String field) {
        JsonNode value = raw(field);
        if (value.isMissingNode()) {
            problem(field, "is required");
            return new DocumentReader(JsonNodeFactory.instance.objectNode(), pathOf(field), problems);
        }
        return new DocumentReader(value, pathOf(field), problems);
    }

    String text(String field) {
        JsonNode value = raw(field);
        if (!value.isValueNode() || value.asText().isEmpty()) {
            problem(field, value.isMissingNode() ? "is required" : "must be a text");
            return "";
        }
        return value.asText();
    }

    @Nullable String optionalText(String field) {
        read.add(field);
        return has(field) ? text(field) : null;
    }

    double number(String field) {
        JsonNode value = raw(field);
        if (!value.isNumber() || Double.isInfinite(value.doubleValue())) {
            problem(field, value.isMissingNode() ? "is required" : "must be a number");
            return Double.NaN;
        }
        return value.doubleValue();
    }

    int integer(String field) {
        JsonNode value = raw(field);
        if (!value.isInt()) {
            problem(field, value.isMissingNode() ? "is required" : "must be a whole number");
            return 0;
        }
        return value.intValue();
    }

    boolean flag(String field) {
        JsonNode value = raw(field);
        if (!value.isBoolean()) {
            problem(field, "must be true or false");
        }
        return value.booleanValue();
    }

    Duration duration(String field) {
        return parsed(field, Duration::parse, "must be an ISO 8601 duration such as PT3M", Duration.ofSeconds(1));
    }

    Duration duration(String field, Duration absent) {
        raw(field);
        return has(field) ? duration(field) : absent;
    }

    /** A list of texts; an absent one reads as empty, but one that names nothing is reported. */
    List<String> texts(String field) {
        JsonNode value = raw(field);
        List<String> texts = new ArrayList<>();
        if (value.isMissingNode()) {
            return texts;
        }
        if (!value.isArray()) {
            problem(field, "must be a list");
            return texts;
        }
        for (JsonNode item : value) {
            if (!item.isValueNode() || item.asText().isEmpty()) {
                problem(field, "must be a list of texts");
                return texts;
            }
            texts.add(item.asText());
        }
        if (texts.isEmpty()) {
            problem(field, "must name at least one; leave it out if all are meant");
        }
        return texts;
    }

    <E extends Enum<E>> E name(String field, Class<E> type, @Nullable E absent) {
        E first = type.getEnumConstants()[0];
        if (absent != null && !has(field)) {
            raw(field);
            return absent;
        }
        return parsed(field, text -> WireName.parse(type, text), null, first);
    }

    /** Parses a required text; {@code hint} explains the right form, or the parser's own message does. */
    <T> T parsed(String field, Function<String, T> parser, @Nullable String hint, T fallback) {
        JsonNode value = raw(field);
        if (!value.isValueNode()) {
            problem(field, value.isMissingNode() ? "is required" : hint == null ? "must be a text" : hint);
            return fallback;
        }
        try {
            return parser.apply(value.asText());
        } catch (IllegalArgumentException | DateTimeException e) {
            problem(field, hint == null ? String.valueOf(e.getMessage()) : hint + " but is '" + value.asText() + "'");
            return fallback;
        }
    }

    void problem(String field, String reason) {
        problems.add(new Problem(pathOf(field), reason));
    }

    /** Reports every field that nobody has asked for. */
    void refuseUnread() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!read.contains(name)) {
                problem(
                        name,
                        "is not known here; the nearest known one is '" + NearestName.of(name, read) + "' of "
                                + String.join(", ", read));
            }
        }
    }

    String pathOf(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
