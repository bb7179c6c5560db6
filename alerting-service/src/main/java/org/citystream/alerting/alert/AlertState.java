package org.citystream.alerting.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.WireName;

/** Whether an alert asks for attention. Acknowledgement is apart from it. */
public enum AlertState {
    FIRING,
    /** Was firing when the subject's sensors fell silent: nobody knows whether it is over. */
    STALE,
    /** Over, or taken back. */
    RESOLVED;

    /** The state that an episode's latest record stands for. */
    public static AlertState of(CityEvent event) {
        if (event.endedAt() != null
                || event.transition() == Transition.CLOSED
                || event.transition() == Transition.WITHDRAWN) {
            return RESOLVED;
        }
        return event.transition() == Transition.STALE ? STALE : FIRING;
    }

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
