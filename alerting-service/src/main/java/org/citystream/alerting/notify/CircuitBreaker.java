package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Leaves an endpoint alone that keeps failing, and then lets one attempt through. Pure: its state are the endpoint's
 * {@link Failures}, in the database.
 *
 * <p>The breakers of libraries keep their state in one process; ours has to outlive a restart and to be the same for all
 * instances.
 */
final class CircuitBreaker {
    /**
     * Closed below; from here on open, and half open whenever the block is over. So many in a row that an endpoint which
     * fails every third time practically never gets there.
     */
    static final int FAILURES_TO_OPEN = 10;

    static final Duration SHORTEST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private CircuitBreaker() {}

    /** Whether attempts may run side by side; if not, one at a time finds out whether the endpoint is back. */
    static boolean closed(Failures failures) {
        return failures.consecutive() < FAILURES_TO_OPEN;
    }

    /**
     * Until when nothing is sent, after one more failure; empty while closed. As long as it has been failing, which
     * doubles the pause from probe to probe however many attempts failed side by side.
     *
     * @param before failures before this one
     */
    static Optional<Instant> blockedUntil(Failures before, Instant now) {
        if (before.since() == null || before.consecutive() + 1 < FAILURES_TO_OPEN) {
            return Optional.empty();
        }
        Duration failing = Duration.between(before.since(), now);
        Duration atLeast = failing.compareTo(SHORTEST) < 0 ? SHORTEST : failing;
        return Optional.of(now.plus(atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast));
    }
}
