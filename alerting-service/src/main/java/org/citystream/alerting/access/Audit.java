package org.citystream.alerting.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of changes, to which one can only add. */
public interface Audit {

    /** An entry with its number, 1, 2, ... */
    record Numbered(long number, AuditEntry entry) {}

    /** Does the change and records it: both or neither. */
    void change(Change change);

    /** A change that says what it was once it is done. */
    @FunctionalInterface
    interface Change {
        AuditEntry make();
    }

    /** Newest first. */
    List<Numbered> list(@Nullable Long before, int limit);
}
