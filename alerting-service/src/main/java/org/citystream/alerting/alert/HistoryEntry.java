package org.citystream.alerting.alert;

import java.time.Instant;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One line of an alert's history.
 *
 * @param sequence absent for comments
 * @param type a {@link ChangeType} on the wire, or {@code comment}
 * @param told whether endpoints were notified
 * @param at event time; for acts of people wall clock
 * @param recordedAt wall clock
 * @param by who did it; absent for what the city did
 */
public record HistoryEntry(
        @Nullable Integer sequence,
        String type,
        AlertState state,
        @Nullable AlertState previousState,
        Severity severity,
        boolean told,
        Instant at,
        Instant recordedAt,
        @Nullable String by,
        @Nullable String comment,
        @Nullable String reason) {

    /** The type of a comment. */
    public static final String COMMENT = "comment";
}
