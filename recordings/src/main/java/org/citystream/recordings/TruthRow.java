package org.citystream.recordings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is known to have happened, as a row of {@code truth.csv}.
 *
 * @param end absent: it went on to the end of the recording
 * @param kind as in rules
 * @param subjectType {@code corridor}, {@code road-segment}, {@code station} or {@code sensor}
 * @param corridor its id, where it happened on one
 * @param fromM upstream end of the road it ever touched, m along the corridor; absent where unknown
 * @param toM downstream end, likewise
 * @param cause for people
 */
public record TruthRow(
        Instant start,
        @Nullable Instant end,
        String kind,
        String subjectType,
        String subject,
        @Nullable String corridor,
        @Nullable Double fromM,
        @Nullable Double toM,
        @Nullable String severity,
        @Nullable String cause) {

    public TruthRow {
        if (end != null && end.isBefore(start)) {
            throw new IllegalArgumentException("ends at " + end + ", before it starts at " + start);
        }
        if (fromM != null && toM != null && toM < fromM) {
            throw new IllegalArgumentException("toM " + toM + " is upstream of fromM " + fromM);
        }
    }
}
