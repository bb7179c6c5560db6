package org.citystream.alerting.store.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.DeliveryState;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Outbox;
import org.citystream.alerting.notify.Outcome;
import org.citystream.alerting.notify.Verdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The outbox in PostgreSQL; several instances share it through row locks and leases. Who has claimed what and what came of
 * it does not wait for the disk: a message whose sending a crash of the database's machine has made forgotten is sent once
 * more, with the same id, as after any other crash between sending and recording.
 */
public final class PostgresOutbox implements Outbox {
    /*
     * Both of these are written so that one way of carrying them out is left: along the indexes, whatever the planner knows
     * about tables that have just been filled. With statistics that lag behind, an anti-join read every pending delivery
     * for every one that it gave out.
     */
    static final String ENDPOINTS_WITH_DUE = """
            SELECT e.* FROM endpoints e CROSS JOIN LATERAL (
                SELECT 1 FROM deliveries d
                WHERE d.endpoint_id = e.endpoint_id AND d.state = 'pending' AND d.next_attempt_at <= :now
                  AND (d.leased_until IS NULL OR d.leased_until <= :now)
                ORDER BY d.next_attempt_at LIMIT 1) due
            WHERE e.enabled AND (e.blocked_until IS NULL OR e.blocked_until <= :now)
            """;

    /*
     * A delivery can be claimed when it is the earliest pending one of its endpoint and alert. Two instances cannot both
     * pass: whichever locks the row first sets the lease, and the other skips it or finds it leased.
     */
    static final String CLAIM = """
            WITH due AS (
                SELECT d.webhook_id FROM deliveries d
                WHERE d.endpoint_id = :endpoint AND d.state = 'pending' AND d.next_attempt_at <= :now
                  AND (d.leased_until IS NULL OR d.leased_until <= :now)
                  AND d.sequence = (SELECT min(lane.sequence) FROM deliveries lane
                      WHERE lane.endpoint_id = d.endpoint_id AND lane.alert_id = d.alert_id AND lane.state = 'pending')
                ORDER BY d.next_attempt_at LIMIT :limit
                FOR UPDATE OF d SKIP LOCKED)
            UPDATE deliveries c SET lease = c.lease + 1, leased_until = :until, leased_by = :instance
            FROM due, messages m
            WHERE c.webhook_id = due.webhook_id AND m.alert_id = c.alert_id AND m.sequence = c.sequence
            RETURNING c.webhook_id, m.type, m.body, c.attempts, c.lease
            """;

    private final PostgresStore store;
    private final Presence presence;

    /** @param presence of this instance, kept up by {@link #releaseAbandoned} */
    public PostgresOutbox(PostgresStore store, Presence presence) {
        this.store = store;
        this.presence = presence;
    }

    @Override
    public List<Endpoint> endpointsWithDueDeliveries(Instant now) {
        return store.unhurriedStatement(handle -> handle.createQuery(ENDPOINTS_WITH_DUE)
                .bind("now", now)
                .map((row, context) -> EndpointRow.read(row))
                .list());
    }

    @Override
    public List<Delivery> claim(Endpoint endpoint, int limit, Instant now, Duration lease) {
        return store.unhurriedStatement(handle -> handle.createQuery(CLAIM)
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
    public void complete(List<Outcome> outcomes) {
        store.unhurriedQuery(handle -> {
            List<Outcome> ours = completeDeliveries(handle, outcomes);
            log(handle, ours);
            judgeEndpoints(handle, ours);
            return ours;
        });
    }

    /** Those that are still this instance's. */
    private static List<Outcome> completeDeliveries(Handle handle, List<Outcome> outcomes) {
        try (PreparedBatch batch = handle.prepareBatch("UPDATE deliveries SET state = :state, attempts = :attempt,"
                + " next_attempt_at = :next, leased_until = NULL, completed_at = :completed"
                + " WHERE webhook_id = :id AND lease = :lease AND leased_until IS NOT NULL")) {
            for (Outcome outcome : outcomes) {
                Delivery delivery = outcome.delivery();
                boolean over = outcome.verdict().state() != DeliveryState.PENDING;
                batch.bind("state", outcome.verdict().state().wireName())
                        .bind("attempt", delivery.attempt())
                        .bind("next", outcome.verdict().nextAttemptAt())
                        .bind("completed", over ? endedAt(outcome.attempt()) : null)
                        .bind("id", delivery.webhookId())
                        .bind("lease", delivery.lease())
                        .add();
            }
            int[] changed = batch.execute();
            return IntStream.range(0, changed.length)
                    .filter(i -> changed[i] == 1)
                    .mapToObj(outcomes::get)
                    .toList();
        }
    }

    private static Instant endedAt(Attempt attempt) {
        return attempt.startedAt().plus(attempt.latency());
    }

    private static void log(Handle handle, List<Outcome> outcomes) {
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO delivery_attempts (webhook_id, attempt, started_at, latency_ms, status, error, response)"
                        + " VALUES (:id, :number, :startedAt, :latencyMs, :status, :error, :response)")) {
            for (Outcome outcome : outcomes) {
                Attempt attempt = outcome.attempt();
                batch.bind("id", outcome.delivery().webhookId())
                        .bind("number", outcome.delivery().attempt())
                        .bind("startedAt", attempt.startedAt())
                        .bind("latencyMs", attempt.latency().toMillis())
                        .bind("status", attempt.status())
                        .bind("error", attempt.error())
                        .bind("response", attempt.response())
                        .add();
            }
            batch.execute();
        }
    }

    private static void judgeEndpoints(Handle handle, List<Outcome> outcomes) {
        Set<String> restored = new HashSet<>();
        for (Outcome outcome : outcomes) {
            Endpoint endpoint = outcome.delivery().endpoint();
            if (!outcome.attempt().succeeded()) {
                restored.remove(endpoint.id());
                failed(handle, endpoint, outcome.attempt(), outcome.verdict());
            } else if (restored.add(endpoint.id())) {
                succeeded(handle, endpoint);
            }
        }
    }

    /** Most successes follow a success; those leave the row alone. A block stays: it was asked for. */
    private static void succeeded(Handle handle, Endpoint endpoint) {
        handle.execute(
                "UPDATE endpoints SET consecutive_failures = 0, failing_since = NULL"
                        + " WHERE endpoint_id = ? AND consecutive_failures > 0",
                endpoint.id());
    }

    private static void failed(Handle handle, Endpoint endpoint, Attempt attempt, Verdict verdict) {
        handle.execute(
                "UPDATE endpoints SET consecutive_failures = consecutive_failures + 1,"
                        + " failing_since = COALESCE(failing_since, ?), blocked_until = GREATEST(blocked_until, ?)"
                        + " WHERE endpoint_id = ?",
                attempt.startedAt(),
                verdict.blockEndpointUntil(),
                endpoint.id());
        String reason = verdict.disableReason();
        if (reason != null && disable(handle, endpoint.id(), reason)) {
            DisabledNotice.send(handle, endpoint, reason, endedAt(attempt));
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
