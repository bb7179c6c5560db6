package org.citystream.alerting.alert;

import java.time.Instant;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleMode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that people are told about. It usually follows one episode; when late data move an episode's start, the
 * alert goes on with the episode that replaces it.
 *
 * @param alertId pure function of the first episode
 * @param current the record that people see, whole
 * @param pending a record that contradicts {@code current} and may yet turn out to be a repetition
 * @param sequence number of the last change, 1, 2, ...
 * @param notified whether any change has been told; shadow alerts and those first seen closed are recorded only
 * @param assignedTo who looks after it; absent: nobody in particular
 */
public record Alert(
        String alertId,
        CityEvent current,
        @Nullable Pending pending,
        int sequence,
        boolean notified,
        @Nullable Acknowledgement acknowledgement,
        @Nullable String assignedTo) {

    /** A record that takes effect at {@code settleAt} (wall clock), unless the stream comes back to what is told. */
    public record Pending(CityEvent event, Instant settleAt) {}

    public AlertState state() {
        return AlertState.of(current);
    }

    /** Whether late data took the alert back. */
    public boolean withdrawn() {
        return current.transition() == Transition.WITHDRAWN;
    }

    /** Whether its rule is only being tried out. What was once told to people stays an active alert to its end. */
    public boolean shadow() {
        return !notified && current.rule().mode() == RuleMode.SHADOW;
    }

    public Alert withCurrent(CityEvent event) {
        return new Alert(alertId, event, null, sequence, notified, acknowledgement, assignedTo);
    }

    public Alert withPending(@Nullable Pending newPending) {
        return new Alert(alertId, current, newPending, sequence, notified, acknowledgement, assignedTo);
    }

    public Alert assigned(@Nullable String to) {
        return new Alert(alertId, current, pending, sequence, notified, acknowledgement, to);
    }
}
