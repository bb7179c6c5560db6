package org.citystream.alerting.alert;

import java.time.Instant;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One line of an alert's history.
 *
 * @param sequence absent for comments and assignments
 * @param type a {@link ChangeType} on the wire, {@link #COMMENT} or {@link #ASSIGNED}
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

    /** The type of an assignment; who it is assigned to stands in the comment. */
    public static final String ASSIGNED = "assigned";
}
