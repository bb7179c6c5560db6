package org.citystream.alerting.store.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.DeliveryState;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Outbox;
import org.citystream.alerting.notify.Verdict;
import org.jdbi.v3.core.Handle;

/** The outbox in PostgreSQL; several instances share it through row locks and leases. */
public final class PostgresOutbox implements Outbox {
    private final PostgresStore store;
    private final Presence presence;

    /** @param presence of this instance, kept up by {@link #releaseAbandoned} */
    public PostgresOutbox(PostgresStore store, Presence presence) {
        this.store = store;
        this.presence = presence;
    }

    @Override
    public List<Endpoint> endpointsWithDueDeliveries(Instant now) {
        return store.query(handle -> handle.createQuery("""
                        SELECT e.* FROM endpoints e
                        WHERE e.enabled AND (e.blocked_until IS NULL OR e.blocked_until <= :now)
                          AND EXISTS (SELECT 1 FROM deliveries d
                              WHERE d.endpoint_id = e.endpoint_id AND d.state = 'pending' AND d.next_attempt_at <= :now
                                AND (d.leased_until IS NULL OR d.leased_until <= :now))
                        """)
                .bind("now", now)
                .map((row, context) -> EndpointRow.read(row))
                .list());
    }

    /*
     * A delivery can be claimed when it is the earliest pending one of its endpoint and alert. Two instances cannot both
     * pass: whichever locks the row first sets the lease, and the other skips it or finds it leased.
     */
    @Override
    public List<Delivery> claim(Endpoint endpoint, int limit, Instant now, Duration lease) {
        return store.query(handle -> handle.createQuery("""
                        WITH due AS (
                            SELECT d.webhook_id FROM deliveries d
                            WHERE d.endpoint_id = :endpoint AND d.state = 'pending' AND d.next_attempt_at <= :now
                              AND (d.leased_until IS NULL OR d.leased_until <= :now)
                              AND NOT EXISTS (SELECT 1 FROM deliveries earlier
                                  WHERE earlier.endpoint_id = d.endpoint_id AND earlier.alert_id = d.alert_id
                                    AND earlier.sequence < d.sequence AND earlier.state = 'pending')
                            ORDER BY d.next_attempt_at, d.created_at LIMIT :limit
                            FOR UPDATE OF d SKIP LOCKED)
                        UPDATE deliveries c SET lease = c.lease + 1, leased_until = :until, leased_by = :instance
                        FROM due, messages m
                        WHERE c.webhook_id = due.webhook_id
                          AND m.alert_id = c.alert_id AND m.sequence = c.sequence
                        RETURNING c.webhook_id, m.type, m.body, c.attempts, c.lease
                        """)
                .bind("endpoint", endpoint.id())
                .bind("now", now)
                .bind("until", now.plus(lease))
                .bind("instance", presence.instance())
                .bind("limit", limit)
                .map((row, context) -> new Delivery(
                        row.getString("webhook_id"),
                        endpoint,
                        row.getString("type"),
                        row.getString("body"),
                        row.getInt("attempts") + 1,
                        row.getLong("lease")))
                .list());
    }

    @Override
    public void complete(Delivery delivery, Attempt attempt, Verdict verdict) {
        store.query(handle -> {
            if (completeDelivery(handle, delivery, attempt, verdict)) {
                log(handle, delivery, attempt);
                judgeEndpoint(handle, delivery.endpoint(), attempt, verdict);
            }
            return delivery;
        });
    }

    private static boolean completeDelivery(Handle handle, Delivery delivery, Attempt attempt, Verdict verdict) {
        boolean over = verdict.state() != DeliveryState.PENDING;
        return handle.execute(
                        "UPDATE deliveries SET state = ?, attempts = ?, next_attempt_at = ?, leased_until = NULL,"
                                + " completed_at = ? WHERE webhook_id = ? AND lease = ? AND leased_until IS NOT NULL",
                        verdict.state().wireName(),
                        delivery.attempt(),
                        verdict.nextAttemptAt(),
                        over ? attempt.startedAt().plus(attempt.latency()) : null,
                        delivery.webhookId(),
                        delivery.lease())
                == 1;
    }

    private static void log(Handle handle, Delivery delivery, Attempt attempt) {
        handle.execute(
                "INSERT INTO delivery_attempts (webhook_id, attempt, started_at, latency_ms, status, error, response)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                delivery.webhookId(),
                delivery.attempt(),
                attempt.startedAt(),
                attempt.latency().toMillis(),
                attempt.status(),
                attempt.error(),
                attempt.response());
    }

    private static void judgeEndpoint(Handle handle, Endpoint endpoint, Attempt attempt, Verdict verdict) {
        if (attempt.succeeded()) {
            // Most successes follow a success; those leave the row alone. A block stays: it was asked for.
            handle.execute(
                    "UPDATE endpoints SET consecutive_failures = 0, failing_since = NULL"
                            + " WHERE endpoint_id = ? AND consecutive_failures > 0",
                    endpoint.id());
            return;
        }
        handle.execute(
                "UPDATE endpoints SET consecutive_failures = consecutive_failures + 1,"
                        + " failing_since = COALESCE(failing_since, ?), blocked_until = GREATEST(blocked_until, ?)"
                        + " WHERE endpoint_id = ?",
                attempt.startedAt(),
                verdict.blockEndpointUntil(),
                endpoint.id());
        String reason = verdict.disableReason();
        if (reason != null && disable(handle, endpoint.id(), reason)) {
            DisabledNotice.send(handle, endpoint, reason, attempt.startedAt().plus(attempt.latency()));
        }
    }

    /** False if it was disabled already. */
    private static boolean disable(Handle handle, String endpointId, String reason) {
        return handle.execute(
                        "UPDATE endpoints SET enabled = false, disabled_reason = ? WHERE endpoint_id = ? AND enabled",
                        reason,
                        endpointId)
                == 1;
    }

    /** Shows that this instance lives, and gives back what instances had claimed that do not live any more. */
    public void releaseAbandoned() {
        presence.keep();
        if (presence.someoneMayBeGone()) {
            store.query(handle -> handle.createUpdate("UPDATE deliveries SET leased_until = NULL"
                            + " WHERE state = 'pending' AND leased_until IS NOT NULL"
                            + " AND NOT leased_by = ANY (:present)")
                    .bindArray("present", Long.class, List.copyOf(presence.present()))
                    .execute());
        }
    }

    @Override
    public void release(Delivery delivery) {
        store.query(handle -> handle.execute(
                "UPDATE deliveries SET leased_until = NULL WHERE webhook_id = ? AND lease = ?",
                delivery.webhookId(),
                delivery.lease()));
    }

    /** Forgets messages recorded before {@code cutoff}, with their deliveries; returns how many. */
    public int forget(Instant cutoff) {
        return store.query(handle -> handle.execute("DELETE FROM messages WHERE recorded_at < ?", cutoff));
    }

    /** How many deliveries wait, and since when the oldest is due. */
    public Backlog backlog() {
        return store.query(handle -> handle.createQuery(
                        "SELECT count(*) AS waiting, min(created_at) AS oldest FROM deliveries d"
                                + " JOIN endpoints e USING (endpoint_id) WHERE d.state = 'pending' AND e.enabled")
                .map((row, context) -> new Backlog(row.getLong("waiting"), AlertRow.instant(row, "oldest")))
                .one());
    }
}
