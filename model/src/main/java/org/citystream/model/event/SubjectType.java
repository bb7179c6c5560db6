package org.citystream.model.event;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What an event is about. */
public enum SubjectType {
    ROAD_SEGMENT,
    CORRIDOR,
    STATION,
    DISTRICT,
    SENSOR;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
