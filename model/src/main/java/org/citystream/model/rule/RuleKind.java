package org.citystream.model.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What a rule looks for. */
public enum RuleKind {
    CONGESTION,
    INCIDENT,
    AIR_INDEX,
    AIR_EXCEEDANCE,
    AIR_RAPID_RISE,
    THRESHOLD,
    SENSOR_HEALTH;

    /** Whether a job decides about rules of this kind; those of others are kept, and nothing comes of them. */
    public boolean isEvaluated() {
        return this != INCIDENT;
    }

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
