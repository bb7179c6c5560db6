package org.citystream.alerting.lifecycle;

import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.jspecify.annotations.Nullable;

/**
 * What an input does to an alert, and why.
 *
 * @param alert to be saved, with the input's episode attached; absent: nothing to save
 * @param change what people see of it; absent: nothing
 */
record Step(Reason reason, @Nullable Alert alert, @Nullable AlertChange change) {

    /** Why; also the metric label. */
    enum Reason {
        FIRST_SEEN,
        /** Recorded, not notified: it was over before anybody could be told. */
        FIRST_SEEN_CLOSED,
        PROGRESSED,
        /** The episode was replaced by another; the alert goes on with that one. */
        TAKEN_OVER,
        /** Says what is told already. */
        DUPLICATE,
        /** Older than what is told: a repetition, unless nothing newer follows. */
        REWOUND,
        /** Taken back in favour of an episode that has not been seen yet. */
        AWAITING_SUCCESSOR,
        /** Belongs to an episode that the alert has left behind. */
        SUPERSEDED,
        /** A contradiction has stood for the settling time and holds. */
        SETTLED,
        ACKNOWLEDGED,
        ALREADY_ACKNOWLEDGED
    }

    static Step ignored(Reason reason) {
        return new Step(reason, null, null);
    }

    static Step quiet(Reason reason, Alert alert) {
        return new Step(reason, alert, null);
    }
}
