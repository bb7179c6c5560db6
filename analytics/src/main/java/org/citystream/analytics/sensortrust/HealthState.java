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
    /** Its clock is ahead or behind, so that nobody knows when it measured. */
    CLOCK_SKEWED,
    /** Two devices report under its id. */
    DUPLICATE_IDENTITY,
    /** Moves away from its neighbours over days. */
    DRIFTING,
    HEALTHY;

    public String wireName() {
        return WireName.of(this);
    }
}
