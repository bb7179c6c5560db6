package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Endpoints and what was delivered to them, for their owners. */
public interface Endpoints {

    /** A recorded attempt. */
    record LoggedAttempt(
            int attempt,
            Instant startedAt,
            long latencyMs,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String response) {}

    /**
     * A delivery with all its attempts.
     *
     * @param alertId absent for test messages
     * @param request the body, as sent
     */
    record LoggedDelivery(
            String webhookId,
            String endpointId,
            String type,
            @Nullable String alertId,
            int sequence,
            DeliveryState state,
            Instant createdAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant completedAt,
            String request,
            List<LoggedAttempt> attempts) {}

    /** Where a page of deliveries ends: newest first. */
    record Position(Instant createdAt, String webhookId) {}

    List<Endpoint> list();

    Optional<Endpoint> find(String endpointId);

    /**
     * Adds an endpoint and has it told what is open: of each alert that is firing or stale and was told to anybody, and of
     * each group of such alerts, the last message of a type it wants.
     */
    void add(Endpoint endpoint, Instant now);

    /**
     * Changes an endpoint as it stands, whatever else is being done to it. All but format and failures is saved; enabling,
     * and another URL, forget the failures.
     *
     * @return the endpoint after it; empty if there is none
     */
    Optional<Endpoint> change(String endpointId, UnaryOperator<Endpoint> change);

    /** Removes the endpoint and its deliveries; false if there is none. */
    boolean remove(String endpointId);

    /** Puts a test message into the outbox and returns its webhook id. Whatever keeps the endpoint from being sent ends. */
    String enqueueTest(Endpoint endpoint, String body, Instant now);

    /** @param alertId only of this alert; null: of all */
    List<LoggedDelivery> deliveries(String endpointId, @Nullable String alertId, @Nullable Position after, int limit);

    Optional<LoggedDelivery> delivery(String webhookId);

    /**
     * Has a delivery sent again, with its id, also one that is under way; false if there is none. Whatever keeps the endpoint
     * from being sent ends.
     */
    boolean redeliver(String webhookId, Instant now);

    /**
     * Has everything sent again that was recorded since and has not been delivered to this endpoint, also what it missed
     * while it was disabled or did not exist yet. Whatever keeps the endpoint from being sent ends.
     *
     * @param delivered also what it has taken, for an endpoint that has lost it
     * @return how many
     */
    int redeliverSince(Endpoint endpoint, Instant since, boolean delivered, Instant now);
}
