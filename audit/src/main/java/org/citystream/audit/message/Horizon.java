package org.citystream.audit.message;

import java.time.Instant;

/**
 * Behind which a deployment may have forgotten what it once had: Kafka deletes the oldest records, partition by partition.
 *
 * @param arrival wall clock; everything that arrived since is there
 * @param observed clock; everything that was observed since has arrived since {@code arrival}
 * @param clock what the deployment calls now; a time beyond it says nothing about when a message came
 */
public record Horizon(Instant arrival, Instant observed, Instant clock) {

    /** Of a deployment that has forgotten nothing yet. */
    public static final Horizon NONE = new Horizon(Instant.MIN, Instant.MIN, Instant.MAX);

    /** Whether anything has been forgotten at all. */
    public boolean isBehindSomething() {
        return arrival.isAfter(Instant.MIN);
    }

    /**
     * Whether a message may have stood there, and be forgotten.
     *
     * @param sentAfter wall clock
     */
    boolean mayHide(Instant sentAfter, Instant observedAt) {
        return sentAfter.isBefore(arrival) && (observedAt.isBefore(observed) || observedAt.isAfter(clock));
    }
}
