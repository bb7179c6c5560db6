package org.citystream.analytics.sensortrust;

import org.citystream.model.wire.WireName;

/** What may be found wrong with a sensor, worst first, and the state that it puts the sensor in. */
public enum Fault {
    SILENT(HealthState.SILENT),
    STUCK(HealthState.STUCK),
    OUT_OF_RANGE(HealthState.IMPLAUSIBLE),
    ERROR_CODE(HealthState.IMPLAUSIBLE),
    SATURATED(HealthState.IMPLAUSIBLE),
    SPIKES(HealthState.IMPLAUSIBLE),
    CHANNELS_DISAGREE(HealthState.IMPLAUSIBLE),
    CLOCK_SKEWED(HealthState.CLOCK_SKEWED),
    DUPLICATE_IDENTITY(HealthState.DUPLICATE_IDENTITY),
    DRIFT(HealthState.DRIFTING);

    private final HealthState state;

    Fault(HealthState state) {
        this.state = state;
    }

    public HealthState state() {
        return state;
    }

    public String wireName() {
        return WireName.of(this);
    }
}
