package org.citystream.alerting.group;

import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.ChangeType;
import org.jspecify.annotations.Nullable;

/**
 * An alert in a group.
 *
 * @param news the last change worth telling
 * @param newsSequence the alert's sequence number after it
 * @param toldSequence what the group last told of it; 0: nothing
 * @param muted why it is not told now; absent if it is
 */
public record Member(
        Alert alert,
        ChangeType news,
        int newsSequence,
        int toldSequence,
        @Nullable String muted) {

    public boolean open() {
        return alert.state() != AlertState.RESOLVED;
    }

    public boolean told() {
        return toldSequence > 0;
    }

    public boolean hasNews() {
        return newsSequence > toldSequence;
    }

    /** What a message of the group says has happened to it; absent if nothing has. */
    public @Nullable ChangeType change() {
        if (!hasNews()) {
            return null;
        }
        return told() || !open() ? news : ChangeType.OPENED;
    }
}
