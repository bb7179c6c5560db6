package org.citystream.model.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What becomes of a rule's episodes. */
public enum RuleMode {
    ACTIVE,
    /** Evaluated and recorded, nobody is notified. */
    SHADOW,
    OFF,
    DELETED;

    /** Whether the jobs evaluate rules of this mode. */
    public boolean isEvaluated() {
        return this == ACTIVE || this == SHADOW;
    }

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
