package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Messages waiting to be delivered. Survives restarts; several instances may work on it at once. */
public interface Outbox {

    /** Enabled endpoints that have something due and do not ask to be left alone. */
    List<Endpoint> endpointsWithDueDeliveries(Instant now);

    /**
     * Claims due deliveries of an endpoint, oldest first. Of each alert only the earliest undelivered message can be
     * claimed, so that an endpoint hears of an alert in order.
     *
     * @param lease how long nobody else may claim them; longer than an attempt can take
     */
    List<Delivery> claim(Endpoint endpoint, int limit, Instant now, Duration lease);

    /**
     * Records what came of claimed deliveries, once however often it is told; of one that somebody else has claimed since,
     * nothing.
     *
     * @param outcomes in the order in which they came
     */
    void complete(List<Outcome> outcomes);

    /** Gives a claim back untried. */
    void release(Delivery delivery);
}
