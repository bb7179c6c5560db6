package org.citystream.testsupport.arrival;

import org.jspecify.annotations.Nullable;

/**
 * One record of a partition of a readings topic.
 *
 * @param clockAt the deployment's clock when it was stamped, epoch ms
 * @param sent absent: a tick of the clock
 */
public record Arrival<R>(
        int partition, long clockAt, @Nullable Sent<R> sent) {}
