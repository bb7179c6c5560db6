package org.citystream.alerting.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is recorded of alerts, for reading. */
public interface Alerts {

    /** Where a page ends: alerts are listed by start, newest first. */
    record Position(Instant startedAt, String alertId) {}

    /** Alerts after a position, at most {@code limit}. */
    List<Alert> list(AlertFilter filter, @Nullable Position after, int limit);

    Optional<Alert> find(String alertId);

    /** Oldest first. */
    List<HistoryEntry> history(String alertId);

    /** A change of an alert in the order in which changes were recorded. */
    record Recorded(long entry, String alertId, int sequence, String type, Instant recordedAt) {}

    /** Number of the newest entry of all histories. */
    long lastRecorded();

    /** Changes recorded after an entry, oldest first. */
    List<Recorded> recordedAfter(long entry, int limit);
}
