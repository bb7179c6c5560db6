package org.citystream.alerting.access;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What a caller may do; each role may do all that the ones before it may. */
public enum Role {
    /** Read everything, also where reading is not open. */
    VIEWER,
    /** Look after alerts: acknowledge, assign, comment, silence, send messages again. */
    OPERATOR,
    /** Change webhooks, rules and tokens; read the audit log. */
    ADMIN;

    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
