package org.citystream.model.place;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** Surroundings of an air station. */
public enum Setting {
    TRAFFIC,
    URBAN,
    SUBURBAN,
    RURAL;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
