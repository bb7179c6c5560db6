package org.citystream.model.place;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What a sensor measures. */
public enum SensorKind {
    TRAFFIC,
    AIR;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
