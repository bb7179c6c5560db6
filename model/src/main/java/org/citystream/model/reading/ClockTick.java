package org.citystream.model.reading;

import java.time.Instant;

/**
 * The gateway's clock, written each second into every partition of every readings topic (record header
 * {@code tick}) behind the readings stamped before it.
 *
 * @param clockAt the deployment's clock
 * @param since start of the time over which intake has been uninterrupted and its backlog drained
 */
public record ClockTick(Instant clockAt, Instant since) {

    /** Name of the Kafka record header that marks a tick; its value carries no meaning. */
    public static final String HEADER = "tick";
}
