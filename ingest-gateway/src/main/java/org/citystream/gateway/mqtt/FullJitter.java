package org.citystream.gateway.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays between attempts: random up to a bound that doubles, so that many clients do not return all at once. */
final class FullJitter {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration bound;

    FullJitter(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.bound = first;
    }

    /** The next delay, at least a tenth of {@code first}. */
    Duration next() {
        long least = Math.max(1, first.toMillis() / 10);
        long delay = least + random.nextLong(Math.max(1, bound.toMillis() - least + 1));
        bound = bound.multipliedBy(2).compareTo(longest) > 0 ? longest : bound.multipliedBy(2);
        return Duration.ofMillis(delay);
    }

    /** The last attempt went well. */
    void reset() {
        bound = first;
    }
}
