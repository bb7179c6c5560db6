package org.citystream.stack.chaos;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a fault.
 *
 * @param begunAt when it was inflicted, wall clock
 * @param endedAt when everything was well again, or patience ended
 * @param recovery from its infliction, or from its end where it is one that lasts, until the component did its work again;
 *     null: it never did
 * @param whole likewise, until the whole pipeline was well
 * @param problem what was still wrong when patience ended, or could not be done; empty if all recovered
 */
public record Outcome(
        PlannedFault fault,
        Instant begunAt,
        Instant endedAt,
        @Nullable Duration recovery,
        @Nullable Duration whole,
        String problem) {

    public boolean recovered() {
        return whole != null;
    }
}
