package org.citystream.analytics.sensortrust;

import org.citystream.model.wire.WireName;

/** What may be wrong with a sensor, worst first. */
public enum HealthState {
    /** Nothing heard for more than three upload intervals. */
    SILENT,
    /** Repeats a value above the detection floor. */
    STUCK,
    /** Reports values that cannot be true. */
    IMPLAUSIBLE,
    HEALTHY;

    public String wireName() {
        return WireName.of(this);
    }
}
