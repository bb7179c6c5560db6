package org.citystream.model.event;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What happened to an episode. */
public enum Transition {
    OPENED,
    ESCALATED,
    DEESCALATED,
    UPDATED,
    /** Late data changed what had been told. */
    AMENDED,
    /** Late data took the episode back. */
    WITHDRAWN,
    /** The subject's sensors fell silent while the episode was open. */
    STALE,
    CLOSED;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
