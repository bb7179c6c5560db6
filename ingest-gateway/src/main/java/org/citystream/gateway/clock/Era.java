package org.citystream.gateway.clock;

import java.time.Instant;

/** The times that are taken for one, of readings and of clocks: 1970..2261, inclusive. */
public final class Era {
    /** The first moment. */
    public static final Instant EARLIEST = Instant.EPOCH;

    /** The last: still a nanosecond count in 64 bits, so that no later arithmetic overflows. */
    public static final Instant LATEST = Instant.parse("2261-12-31T23:59:59Z");

    private Era() {}

    /** Whether a time lies within. */
    public static boolean contains(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }
}
