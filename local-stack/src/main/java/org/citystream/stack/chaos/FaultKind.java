package org.citystream.stack.chaos;

import org.citystream.model.wire.WireName;

/** What is done to a component. */
public enum FaultKind {
    /** It dies at once, as by {@code kill -9} or for want of memory. */
    KILL,
    /** It stands still for a while and then goes on as if nothing had been: SIGSTOP, SIGCONT. */
    PAUSE,
    /** It is told to end (SIGTERM) and started again. */
    RESTART,
    /** Of a line: every connection is closed, and new ones come about. */
    CUT,
    /** Of a line: for a while nothing arrives, and nobody is told. */
    BLACKHOLE,
    /** Of a line: servers lose their connections, and clients are not told. */
    HALF_OPEN;

    /** Whether it lasts until it is ended. */
    public boolean lasts() {
        return this == PAUSE || this == BLACKHOLE;
    }

    public String wireName() {
        return WireName.of(this);
    }
}
