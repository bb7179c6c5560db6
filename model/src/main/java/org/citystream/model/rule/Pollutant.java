package org.citystream.model.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** Regulated pollutants, named as in rules and series. Concentrations are µg/m³ except CO, which is mg/m³. */
public enum Pollutant {
    PM25("µg/m³"),
    PM10("µg/m³"),
    NO2("µg/m³"),
    O3("µg/m³"),
    SO2("µg/m³"),
    CO("mg/m³");

    private final String unit;

    Pollutant(String unit) {
        this.unit = unit;
    }

    /** The unit all records carry this pollutant in. */
    public String unit() {
        return unit;
    }

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
