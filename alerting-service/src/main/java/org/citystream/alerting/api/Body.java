package org.citystream.alerting.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.StorableText;
import org.jspecify.annotations.Nullable;

/** A JSON object that a request carries; unknown fields are ignored. */
final class Body {
    private static final int MAX_TEXT = 4096;

    private final JsonNode node;

    private Body(JsonNode node) {
        this.node = node;
    }

    /** An absent body counts as an empty object. */
    static Body of(Context context) {
        byte[] bytes = bytes(context);
        try {
            JsonNode node = bytes.length == 0
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonCodec.strict().readTree(bytes);
            if (!node.isObject()) {
                throw new ProblemException(400, "the body must be a JSON object");
            }
            if (!StorableText.isStorable(node)) {
                throw new ProblemException(400, "the body " + StorableText.REFUSAL);
            }
            return new Body(node);
        } catch (JsonProcessingException e) {
            throw new ProblemException(400, "the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ProblemException(400, "the body cannot be read");
        }
    }

    /** The body as text. */
    static String text(Context context) {
        return new String(bytes(context), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Context context) {
        byte[] bytes = context.bodyAsBytes();
        if (bytes.length > JsonCodec.MAX_DOCUMENT_BYTES) {
            throw new ProblemException(
                    413, "the body must not be larger than " + JsonCodec.MAX_DOCUMENT_BYTES + " bytes");
        }
        return bytes;
    }

    boolean has(String field) {
        return node.has(field);
    }

    @Nullable String optionalText(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        return checked(field, value);
    }

    String text(String field) {
        String value = optionalText(field);
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid(field, "is required");
        }
        return value;
    }

    @Nullable Boolean optionalFlag(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw ProblemException.invalid(field, "must be true or false");
        }
        return value.booleanValue();
    }

    @Nullable Integer optionalInteger(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isInt()) {
            throw ProblemException.invalid(field, "must be a whole number");
        }
        return value.intValue();
    }

    /** Absent and null are an empty list. */
    List<String> texts(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw ProblemException.invalid(field, "must be a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            texts.add(checked(field + "[" + i + "]", value.get(i)));
        }
        return texts;
    }

    /** Absent and null are an empty map. */
    Map<String, String> textByName(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw ProblemException.invalid(field, "must be an object of texts");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        value.properties()
                .forEach(entry -> texts.put(entry.getKey(), checked(field + "." + entry.getKey(), entry.getValue())));
        return texts;
    }

    @Nullable Instant time(String field) {
        String text = optionalText(field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.invalid(field, "must be a UTC time such as 2026-11-23T08:15:30Z");
        }
    }

    Instant requiredTime(String field) {
        Instant time = time(field);
        if (time == null) {
            throw ProblemException.invalid(field, "is required");
        }
        return time;
    }

    /** Corners of [longitude, latitude]; absent and null are none. */
    List<List<Double>> ring(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw ProblemException.invalid(field, "must be a list of [longitude, latitude]");
        }
        List<List<Double>> corners = new ArrayList<>();
        for (JsonNode corner : value) {
            boolean point = corner.isArray()
                    && corner.size() == 2
                    && corner.path(0).isNumber()
                    && corner.path(1).isNumber()
                    && Math.abs(corner.path(0).asDouble(Double.NaN)) <= 180
                    && Math.abs(corner.path(1).asDouble(Double.NaN)) <= 90;
            if (!point) {
                throw ProblemException.invalid(
                        field + "[" + corners.size() + "]", "must be [longitude, latitude] in degrees");
            }
            corners.add(List.of(corner.get(0).asDouble(), corner.get(1).asDouble()));
        }
        return corners;
    }

    private static String checked(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw ProblemException.invalid(field, "must be a text");
        }
        String text = value.textValue();
        if (text.length() > MAX_TEXT) {
            throw ProblemException.invalid(field, "must have at most " + MAX_TEXT + " characters");
        }
        return text;
    }
}
