package org.citystream.alerting.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What people are told about an alert. */
public enum ChangeType {
    OPENED,
    ESCALATED,
    DEESCALATED,
    UPDATED,
    STALE,
    /** What was told before has turned out otherwise: another start, another end, open again. */
    AMENDED,
    /** There was nothing after all. */
    WITHDRAWN,
    RESOLVED,
    ACKNOWLEDGED;

    /** The type on the wire, such as {@code alert.opened}. */
    @JsonValue
    public String wireName() {
        return "alert." + WireName.of(this);
    }
}
