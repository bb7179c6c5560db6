package org.citystream.simulator.fault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time a fault is in force.
 *
 * @param start exclusive: a period that ends here was still measured well
 * @param end inclusive; null: never
 */
public record Window(Instant start, @Nullable Instant end) {

    /** Whether a moment lies in the window. */
    public boolean contains(Instant at) {
        return at.isAfter(start) && (end == null || !at.isAfter(end));
    }
}
