package org.citystream.alerting.api;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.citystream.model.wire.StorableText;
import org.citystream.model.wire.WireName;
import org.jspecify.annotations.Nullable;

/** Query parameters; unknown ones are refused, so that a misspelt filter cannot pass for an absent one. */
final class Parameters {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private final Context context;

    private Parameters(Context context) {
        this.context = context;
    }

    static Parameters of(Context context, Set<String> known) {
        if (context.queryParamMap().values().stream()
                .flatMap(List::stream)
                .anyMatch(value -> !StorableText.isStorable(value))) {
            throw new ProblemException(400, "a query parameter " + StorableText.REFUSAL);
        }
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw new ProblemException(
                        400,
                        "unknown query parameter '" + name + "'; known: "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return new Parameters(context);
    }

    @Nullable String text(String name) {
        String value = context.queryParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Absent is false. */
    boolean flag(String name) {
        String value = text(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new ProblemException(400, name + ": must be true or false");
        }
        return "true".equals(value);
    }

    /** Wire names of an enum, repeated or separated by commas. */
    <E extends Enum<E>> List<String> names(String name, Class<E> type) {
        return context.queryParams(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .filter(value -> !value.isBlank())
                .map(value -> known(name, type, value.strip()))
                .toList();
    }

    private static <E extends Enum<E>> String known(String name, Class<E> type, String value) {
        try {
            return WireName.of(WireName.parse(type, value));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, name + ": " + e.getMessage());
        }
    }

    @Nullable Instant time(String name) {
        String value = text(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeException e) {
            throw new ProblemException(400, name + ": must be a UTC time such as 2026-11-23T08:15:30Z");
        }
    }

    @Nullable Cursor cursor() {
        String value = text("cursor");
        return value == null ? null : Cursor.parse(value);
    }

    int limit() {
        String value = text("limit");
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MAX_LIMIT) {
            throw new ProblemException(400, "limit: must be 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(value);
    }
}
