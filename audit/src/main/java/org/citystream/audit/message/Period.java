package org.citystream.audit.message;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * A stretch of wall clock.
 *
 * @param from inclusive
 * @param to inclusive
 */
public record Period(Instant from, Instant to) {
    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a period ends at " + to + ", before it begins at " + from);
        }
    }

    /**
     * Reads {@code FROM/TO}, both RFC 3339.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Period parse(String text) {
        String[] ends = text.split("/", -1);
        try {
            if (ends.length == 2) {
                return new Period(Instant.parse(ends[0]), Instant.parse(ends[1]));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no period: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no period such as 2026-11-23T08:15:30Z/2026-11-23T08:16:00Z");
    }

    public boolean contains(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }
}
