package org.citystream.analytics.sensortrust;

/** What may be wrong with a single message, and how often it must be before the sensor is said to have the fault. */
public enum Symptom {
    /** Holds a value that cannot be true, or was refused by the gateway for one. */
    OUT_OF_RANGE(Fault.OUT_OF_RANGE, 16, 3, 5),
    /** Holds what an instrument says in place of a measurement. */
    ERROR_CODE(Fault.ERROR_CODE, 16, 3, 5),
    /** Stands at the end of the instrument's range: the truth is there or beyond. */
    SATURATED(Fault.SATURATED, 16, 10, 5),
    /** Left the values before it and was left again: one in twenty is enough to spoil means. */
    SPIKE(Fault.SPIKES, 64, 3, 20),
    /** Comes from a boot that another had already followed. */
    FOREIGN_BOOT(Fault.DUPLICATE_IDENTITY, 16, 3, 16),
    /** Was refused by the gateway because it came from the future. */
    FROM_THE_FUTURE(Fault.CLOCK_SKEWED, 16, 3, 5);

    private final Fault fault;
    private final int lookback;
    private final int needed;
    private final int faultlessToRecover;

    Symptom(Fault fault, int lookback, int needed, int faultlessToRecover) {
        this.fault = fault;
        this.lookback = lookback;
        this.needed = needed;
        this.faultlessToRecover = faultlessToRecover;
    }

    public Fault fault() {
        return fault;
    }

    /** Messages looked back on. */
    int lookback() {
        return lookback;
    }

    /** So many of them are a fault. */
    int needed() {
        return needed;
    }

    /** After so many messages without it, the fault is over. */
    int faultlessToRecover() {
        return faultlessToRecover;
    }
}
