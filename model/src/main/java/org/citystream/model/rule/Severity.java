package org.citystream.model.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** How bad it is, in the words of the Common Alerting Protocol, ascending. */
public enum Severity {
    MINOR,
    MODERATE,
    SEVERE,
    EXTREME;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
