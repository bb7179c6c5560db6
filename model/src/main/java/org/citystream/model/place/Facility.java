package org.citystream.model.place;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** Kind of road, which decides how level of service is judged (HCM). */
public enum Facility {
    FREEWAY,
    URBAN_STREET;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
