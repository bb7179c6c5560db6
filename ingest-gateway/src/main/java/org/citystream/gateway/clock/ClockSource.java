package org.citystream.gateway.clock;

/** Where the deployment's clock comes from. */
public enum ClockSource {
    /** The gateway's own wall clock: production. */
    WALL,
    /** A simulator or a replay says what time it is. */
    PUBLISHED
}
