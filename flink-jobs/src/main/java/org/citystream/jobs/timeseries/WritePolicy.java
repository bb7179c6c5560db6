package org.citystream.jobs.timeseries;

import java.io.Serializable;
import java.time.Duration;

/**
 * How lines are gathered and how patient the writer is.
 *
 * @param batchLines lines per request
 * @param atLeastEvery wall time after which a started batch is written
 * @param firstPause pause before the second attempt; doubles with each further one
 * @param longestPause upper bound of a pause, also of what the store asks for
 * @param giveUpAfter wall time over which one batch is tried; then the job fails and starts again from its checkpoint
 */
record WritePolicy(
        int batchLines, Duration atLeastEvery, Duration firstPause, Duration longestPause, Duration giveUpAfter)
        implements Serializable {

    static final WritePolicy DEFAULT = new WritePolicy(
            5_000, Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(5));
}
