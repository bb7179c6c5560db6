package org.citystream.alerting.store.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.citystream.alerting.lifecycle.InvalidDataException;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.DeliveryState;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Outbox;
import org.citystream.alerting.notify.Outcome;
import org.citystream.alerting.notify.Verdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox in PostgreSQL; several instances share it through row locks and leases. Who has claimed what and what came of
 * it does not wait for the disk: a message whose sending a crash of the database's machine has made forgotten is sent once
 * more, with the same id, as after any other crash between sending and recording.
 */
public final class PostgresOutbox implements Outbox {
    /*
     * Both of these are written so that one way of carrying them out is left: along the indexes, whatever the planner knows
     * about tables that have just been filled. With statistics that lag behind, an anti-join read every pending delivery
     * for every one that it gave out. The first of a lane is asked for in the words of the lanes' own index.
     */
    static final String ENDPOINTS_WITH_DUE = """
            SELECT e.* FROM endpoints e CROSS JOIN LATERAL (
                SELECT 1 FROM deliveries d
                WHERE d.endpoint_id = e.endpoint_id AND d.state = 'pending' AND d.next_attempt_at <= :now
                  AND (d.leased_until IS NULL OR d.leased_until <= :now)
                ORDER BY d.next_attempt_at LIMIT 1) due
            WHERE e.enabled AND (e.blocked_until IS NULL OR e.blocked_until <= :now)
            """;

    /** What is due, earliest first, up to a limit, each with the earliest pending one of its endpoint and alert. */
    private static final String SEEN = """
            WITH seen AS MATERIALIZED (
                SELECT d.webhook_id, (SELECT lane.webhook_id FROM deliveries lane WHERE lane.state = 'pending'
                      AND (lane.endpoint_id, lane.alert_id, lane.sequence) >= (d.endpoint_id, d.alert_id, 0)
                    ORDER BY lane.endpoint_id, lane.alert_id, lane.sequence LIMIT 1) AS first
                FROM deliveries d
                WHERE d.endpoint_id = :endpoint AND d.state = 'pending' AND d.next_attempt_at <= :now
                  AND (d.leased_until IS NULL OR d.leased_until <= :now)
                ORDER BY d.next_attempt_at LIMIT :look),
            """;

    /*
     * A delivery can be claimed when it is the earliest pending one of its endpoint and alert. Two instances cannot both
     * pass: whichever locks the row first sets the lease, and the other skips it or finds it leased. Only so many rows are
     * looked at; those behind an earlier message are counted, to be parked.
     */
    static final String CLAIM = SEEN + """
            due AS MATERIALIZED (
                SELECT mine.webhook_id FROM (SELECT webhook_id FROM seen WHERE first = webhook_id) AS heads
                CROSS JOIN LATERAL (SELECT d.webhook_id FROM deliveries d
                    WHERE d.webhook_id = heads.webhook_id AND d.state = 'pending'
                      AND (d.leased_until IS NULL OR d.leased_until <= :now) FOR UPDATE SKIP LOCKED) AS mine
                LIMIT :limit),
            claimed AS (
                UPDATE deliveries c SET lease = c.lease + 1, leased_until = :until, leased_by = :instance
                FROM due, messages m
                WHERE c.webhook_id = due.webhook_id AND m.alert_id = c.alert_id AND m.sequence = c.sequence
                RETURNING c.webhook_id, m.type, m.body, c.attempts, c.lease)
            SELECT (SELECT count(*) FROM seen WHERE first <> webhook_id) AS behind, claimed.*
            FROM (VALUES (1)) AS always LEFT JOIN claimed ON true
            """;

    /*
     * What waits behind an earlier message of its alert is not due, whatever its time says: without one it is not looked at
     * again. Else an endpoint that is away for a day, with an alert that changes each minute, would have every look read
     * all of it. The earlier message stays locked meanwhile, and one that is being completed is left alone: whoever
     * completes a message sees all that is parked behind it, and gives the next one its time back.
     */
    static final String PARK = SEEN + """
            kept AS MATERIALIZED (
                SELECT f.webhook_id FROM deliveries f
                WHERE f.webhook_id IN (SELECT first FROM seen WHERE first <> webhook_id) AND f.state = 'pending'
                FOR UPDATE SKIP LOCKED)
            UPDATE deliveries p SET next_attempt_at = NULL FROM seen, kept
            WHERE p.webhook_id = seen.webhook_id AND seen.first = kept.webhook_id AND p.webhook_id <> kept.webhook_id
              AND p.state = 'pending' AND (p.leased_until IS NULL OR p.leased_until <= :now)
            """;

    private static final String UNPARK = """
            UPDATE deliveries p SET next_attempt_at = :now
            FROM unnest(:ids) AS done(webhook_id) JOIN deliveries o USING (webhook_id)
            CROSS JOIN LATERAL (SELECT lane.webhook_id, lane.endpoint_id, lane.alert_id FROM deliveries lane
                WHERE lane.state = 'pending'
                  AND (lane.endpoint_id, lane.alert_id, lane.sequence) >= (o.endpoint_id, o.alert_id, 0)
                ORDER BY lane.endpoint_id, lane.alert_id, lane.sequence LIMIT 1) AS next
            WHERE next.endpoint_id = o.endpoint_id AND next.alert_id = o.alert_id
              AND p.webhook_id = next.webhook_id AND p.next_attempt_at IS NULL
            """;

    private static final String UNPARK_ALL = """
            UPDATE deliveries p SET next_attempt_at = :now
            WHERE p.state = 'pending' AND p.next_attempt_at IS NULL
              AND p.webhook_id = (SELECT lane.webhook_id FROM deliveries lane WHERE lane.state = 'pending'
                    AND (lane.endpoint_id, lane.alert_id, lane.sequence) >= (p.endpoint_id, p.alert_id, 0)
                  ORDER BY lane.endpoint_id, lane.alert_id, lane.sequence LIMIT 1)
            """;

    /** Rows that a look at the outbox reads, besides as many as it may claim. */
    static final int LOOK = 24;

    /** Rows that are parked at once. */
    static final int PARKING = 1_000;

    /** So often a look parks what is in its way, before others have their turn. */
    private static final int LOOKS = 4;

    private static final String NEEDED =
            "(a.state <> 'resolved' OR EXISTS (SELECT 1 FROM holds h WHERE h.alert_id = a.alert_id))";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresOutbox.class);

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
        return store.unhurriedStatement(handle -> {
            List<Delivery> claimed = new ArrayList<>();
            boolean more = true;
            for (int look = 0; more && look < LOOKS; look++) {
                int behind = claim(handle, endpoint, limit, now, lease, claimed);
                more = behind > 0 && park(handle, endpoint, now) > 0 && claimed.isEmpty();
            }
            return claimed;
        });
    }

    /** Returns how many were seen that wait behind others. */
    private int claim(
            Handle handle, Endpoint endpoint, int limit, Instant now, Duration lease, List<Delivery> claimed) {
        return handle.createQuery(CLAIM)
                .bind("endpoint", endpoint.id())
                .bind("now", now)
                .bind("until", now.plus(lease))
                .bind("instance", presence.instance())
                .bind("limit", limit)
                .bind("look", limit + LOOK)
                .map((row, context) -> {
                    if (row.getString("webhook_id") != null) {
                        claimed.add(new Delivery(
                                row.getString("webhook_id"),
                                endpoint,
                                row.getString("type"),
                                row.getString("body"),
                                row.getInt("attempts") + 1,
                                row.getLong("lease")));
                    }
                    return row.getInt("behind");
                })
                .list()
                .get(0);
    }

    private static int park(Handle handle, Endpoint endpoint, Instant now) {
        return handle.createUpdate(PARK)
                .bind("endpoint", endpoint.id())
                .bind("now", now)
                .bind("look", PARKING)
                .execute();
    }

    @Override
    public void complete(List<Outcome> outcomes) {
        try {
            completeTogether(outcomes);
        } catch (InvalidDataException e) {
            outcomes.forEach(this::completeAlone);
        }
    }

    /** One that is refused must not keep the others; its lease runs out, and it is sent again. */
    private void completeAlone(Outcome outcome) {
        try {
            completeTogether(List.of(outcome));
        } catch (InvalidDataException e) {
            LOG.warn("cannot record an attempt at {}: {}", outcome.delivery().webhookId(), e.getMessage());
        }
    }

    private void completeTogether(List<Outcome> outcomes) {
        store.unhurriedQuery(handle -> {
            List<Outcome> ours = completeDeliveries(handle, outcomes);
            log(handle, ours);
            unpark(handle, ours);
            judgeEndpoints(handle, ours);
            return ours;
        });
    }

    /** Those that nobody else has claimed since, or recorded. */
    private static List<Outcome> completeDeliveries(Handle handle, List<Outcome> outcomes) {
        try (PreparedBatch batch = handle.prepareBatch("UPDATE deliveries SET state = :state, attempts = :attempt,"
                + " next_attempt_at = :next, leased_until = NULL, completed_at = :completed"
                // Also if the lease has run out or was taken back, as long as nobody has claimed it since; and only
                // once.
                + " WHERE webhook_id = :id AND lease = :lease AND state = 'pending' AND attempts = :attempt - 1")) {
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

    /** Of each alert that has a message less to wait for, the next one is due. */
    private static void unpark(Handle handle, List<Outcome> outcomes) {
        List<Outcome> over = outcomes.stream()
                .filter(outcome -> outcome.verdict().state() != DeliveryState.PENDING)
                .toList();
        if (!over.isEmpty()) {
            handle.createUpdate(UNPARK)
                    .bindArray(
                            "ids",
                            String.class,
                            over.stream()
                                    .map(outcome -> outcome.delivery().webhookId())
                                    .toList())
                    .bind("now", over.get(0).attempt().startedAt())
                    .execute();
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
        // Endpoint by endpoint in one order, so that two instances never wait for each other crosswise.
        List<Outcome> inOrder = outcomes.stream()
                .sorted(Comparator.comparing(
                        outcome -> outcome.delivery().endpoint().id()))
                .toList();
        for (Outcome outcome : inOrder) {
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
        if (verdict.state() == DeliveryState.FAILED) {
            // Nothing is tried any more: the next failure, weeks from now, is not one of five days without a success.
            handle.execute(
                    "UPDATE endpoints SET failing_since = NULL WHERE endpoint_id = ? AND NOT EXISTS"
                            + " (SELECT 1 FROM deliveries WHERE endpoint_id = ? AND state = 'pending')",
                    endpoint.id(),
                    endpoint.id());
        }
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

    /**
     * Forgets messages recorded before {@code cutoff}, with their deliveries; returns how many. Of an alert that is open, or
     * kept from somebody, the last message of each type stays, as does who was told: they are to hear of its end.
     */
    public int forget(Instant cutoff) {
        return store.query(handle -> {
            handle.execute(
                    "DELETE FROM told t USING alerts a WHERE a.alert_id = t.alert_id AND a.state = 'resolved'"
                            + " AND a.changed_at < ?",
                    cutoff);
            handle.execute(
                    "INSERT INTO told (alert_id, receiver) SELECT DISTINCT m.alert_id, unnest(m.receivers)"
                            + " FROM messages m JOIN alerts a USING (alert_id) WHERE m.recorded_at < ? AND " + NEEDED
                            + " ON CONFLICT DO NOTHING",
                    cutoff);
            int forgotten = handle.execute(
                    "WITH kept AS (SELECT DISTINCT ON (m.alert_id, m.type) m.alert_id, m.sequence"
                            + " FROM messages m JOIN alerts a USING (alert_id) WHERE " + NEEDED
                            + " ORDER BY m.alert_id, m.type, m.sequence DESC)"
                            + " DELETE FROM messages m WHERE m.recorded_at < ? AND NOT EXISTS (SELECT 1 FROM kept"
                            + " WHERE kept.alert_id = m.alert_id AND kept.sequence = m.sequence)",
                    cutoff);
            // What waited behind a message that is forgotten.
            handle.createUpdate(UNPARK_ALL).bind("now", cutoff).execute();
            return forgotten;
        });
    }

    /** How many deliveries wait, and since when the oldest is due. */
    public Backlog backlog() {
        return store.query(handle -> handle.createQuery(
                        "SELECT count(*) AS waiting, min(d.created_at) AS oldest FROM deliveries d"
                                + " JOIN endpoints e USING (endpoint_id) WHERE d.state = 'pending' AND e.enabled")
                .map((row, context) -> new Backlog(row.getLong("waiting"), AlertRow.instant(row, "oldest")))
                .one());
    }
}
