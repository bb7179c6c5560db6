package org.citystream.model.place;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** How a traffic sensor measures: at a point (loop, radar), or by matched vehicles over a stretch (speed only). */
public enum Measurement {
    POINT,
    TRAVEL_TIME;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
