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

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
