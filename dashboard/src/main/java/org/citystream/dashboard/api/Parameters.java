package org.citystream.dashboard.api;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Query parameters, read strictly: what cannot be understood is refused with its name. */
final class Parameters {
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Parameters() {}

    static String required(Context context, String name) {
        return optional(context, name).orElseThrow(() -> Problem.badRequest("parameter '" + name + "' is missing"));
    }

    static Optional<String> optional(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isEmpty());
    }

    /** An RFC 3339 moment. */
    static Optional<Instant> instant(Context context, String name) {
        return optional(context, name).map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw Problem.badRequest("parameter '" + name + "' must be a UTC time such as 2026-11-23T08:15:00Z");
            }
        });
    }

    /** Refuses a moment that time-series stores have no timestamp for. */
    static void withinStores(String name, Instant moment) {
        if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
            throw Problem.badRequest("parameter '" + name + "' must lie within 1970 and 2200");
        }
    }

    /** An ISO 8601 duration. */
    static Optional<Duration> duration(Context context, String name) {
        return optional(context, name).map(value -> {
            try {
                return Duration.parse(value);
            } catch (DateTimeParseException | ArithmeticException e) {
                throw Problem.badRequest("parameter '" + name + "' must be a duration such as PT5M");
            }
        });
    }
}
