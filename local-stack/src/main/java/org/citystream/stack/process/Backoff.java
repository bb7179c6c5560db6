package org.citystream.stack.process;

import java.time.Duration;

/** Pauses before starts of a service that keeps dying: 0.5 s, doubling to 30 s; a minute of life starts over. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration HEALTHY_LIFE = Duration.ofMinutes(1);

    private int deaths;

    /** The pause after a life of this length. */
    Duration afterDeath(Duration life) {
        if (life.compareTo(HEALTHY_LIFE) >= 0) {
            deaths = 0;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(deaths, 10));
        deaths++;
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
