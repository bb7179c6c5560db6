package org.citystream.alerting.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.citystream.alerting.notify.DeliveryState;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Endpoints;
import org.citystream.alerting.notify.Messages;
import org.citystream.alerting.notify.Secrets;
import org.citystream.model.wire.WireName;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Endpoints and their delivery log in PostgreSQL. */
public final class PostgresEndpoints implements Endpoints {
    private static final String TEST_PREFIX = "test-";

    private final PostgresStore store;
    private final Supplier<String> rootReceiver;

    /** @param rootReceiver to which endpoints without a receiver belong */
    public PostgresEndpoints(PostgresStore store, Supplier<String> rootReceiver) {
        this.store = store;
        this.rootReceiver = rootReceiver;
    }

    @Override
    public List<Endpoint> list() {
        return store.query(handle -> handle.createQuery("SELECT * FROM endpoints ORDER BY created_at, endpoint_id")
                .map((row, context) -> EndpointRow.read(row))
                .list());
    }

    @Override
    public Optional<Endpoint> find(String endpointId) {
        return store.query(handle -> find(handle, endpointId, ""));
    }

    private static Optional<Endpoint> find(Handle handle, String endpointId, String lock) {
        return handle.createQuery("SELECT * FROM endpoints WHERE endpoint_id = :id " + lock)
                .bind("id", endpointId)
                .map((row, context) -> EndpointRow.read(row))
                .findOne();
    }

    @Override
    public void add(Endpoint endpoint, Instant now) {
        store.query(handle -> {
            // Whoever is telling of an alert has either done so by now, or will find this endpoint.
            handle.execute("LOCK TABLE endpoints IN EXCLUSIVE MODE");
            int added = save(handle, endpoint, """
                    INSERT INTO endpoints (endpoint_id, url, format, types, receivers, description, secret, enabled,
                        disabled_reason, created_at)
                    VALUES (:id, :url, :format, :types, :receivers, :description, :secret, :enabled, :disabledReason,
                        :createdAt)
                    """);
            insertDeliveries(handle, endpoint, now, """
                    SELECT DISTINCT ON (m.alert_id) m.alert_id, m.sequence FROM messages m JOIN alerts a USING (alert_id)
                    WHERE a.state <> 'resolved' AND m.receivers && :receivers AND (:all OR m.types && :types)
                    ORDER BY m.alert_id, m.sequence DESC
                    """);
            insertDeliveries(handle, endpoint, now, """
                    SELECT m.alert_id, m.sequence FROM messages m
                    JOIN groups g ON g.group_id = m.alert_id AND g.sequence = m.sequence
                    WHERE m.receivers && :receivers AND (:all OR m.types && :types)
                      AND EXISTS (SELECT 1 FROM group_members t JOIN alerts a USING (alert_id)
                          WHERE t.group_id = g.group_id AND t.told_sequence > 0 AND a.state <> 'resolved')
                    ORDER BY m.alert_id
                    """);
            return added;
        });
    }

    @Override
    public Optional<Endpoint> change(String endpointId, UnaryOperator<Endpoint> change) {
        return store.query(handle -> {
            Optional<Endpoint> old = find(handle, endpointId, "FOR NO KEY UPDATE");
            old.ifPresent(endpoint ->
                    save(handle, change.apply(endpoint), """
                    UPDATE endpoints SET url = :url, types = :types, receivers = :receivers, description = :description,
                        secret = :secret, previous_secrets = :previousSecrets,
                        previous_secrets_until = CAST(:previousSecretsUntil AS timestamptz[]),
                        enabled = :enabled, disabled_reason = :disabledReason,
                        consecutive_failures = CASE WHEN %1$s THEN 0 ELSE consecutive_failures END,
                        failing_since = CASE WHEN %1$s THEN NULL ELSE failing_since END,
                        blocked_until = CASE WHEN %1$s THEN NULL ELSE blocked_until END
                    WHERE endpoint_id = :id
                    """.formatted("(:enabled AND NOT enabled OR :url <> url)")));
            return find(handle, endpointId, "");
        });
    }

    private static int save(Handle handle, Endpoint endpoint, String sql) {
        try (Update update = handle.createUpdate(sql)) {
            update.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            return update.bind("id", endpoint.id())
                    .bind("url", endpoint.url())
                    .bindArray("types", String.class, endpoint.types())
                    .bindArray("receivers", String.class, endpoint.receivers())
                    .bind("description", endpoint.description())
                    .bind("format", endpoint.format().wireName())
                    .bind("secret", endpoint.secrets().current())
                    .bindArray(
                            "previousSecrets",
                            String.class,
                            endpoint.secrets().previous().stream()
                                    .map(Secrets.Previous::secret)
                                    .toList())
                    .bindArray(
                            "previousSecretsUntil",
                            String.class,
                            endpoint.secrets().previous().stream()
                                    .map(old -> old.until().toString())
                                    .toList())
                    .bind("enabled", endpoint.enabled())
                    .bind("disabledReason", endpoint.disabledReason())
                    .bind("createdAt", endpoint.createdAt())
                    .execute();
        }
    }

    @Override
    public boolean remove(String endpointId) {
        return store.query(handle -> handle.execute("DELETE FROM endpoints WHERE endpoint_id = ?", endpointId)) == 1;
    }

    @Override
    public String enqueueTest(Endpoint endpoint, String body, Instant now) {
        String id = TEST_PREFIX + UUID.randomUUID();
        return store.query(handle -> PostgresNotifications.within(handle, store.remembered(), notifications -> {
            unblock(handle, endpoint.id());
            notifications.insertMessage(id, 1, Messages.TEST_TYPE, List.of(Messages.TEST_TYPE), body, Set.of(), now);
            return notifications.insertDelivery(endpoint.id(), id, 1, now);
        }));
    }

    @Override
    public List<LoggedDelivery> deliveries(
            String endpointId, @Nullable String alertId, @Nullable Position after, int limit) {
        return store.query(handle -> {
            Query query = handle.createQuery("SELECT d.*, m.type, m.body FROM deliveries d"
                    + " JOIN messages m USING (alert_id, sequence) WHERE d.endpoint_id = :endpoint"
                    + (alertId == null ? "" : " AND d.alert_id = :alert")
                    + (after == null ? "" : " AND (d.created_at, d.webhook_id) < (:createdAt, :webhookId)")
                    + " ORDER BY d.created_at DESC, d.webhook_id DESC LIMIT :limit");
            if (alertId != null) {
                query.bind("alert", alertId);
            }
            if (after != null) {
                query.bind("createdAt", after.createdAt()).bind("webhookId", after.webhookId());
            }
            return withAttempts(
                    handle,
                    query.bind("endpoint", endpointId)
                            .bind("limit", limit)
                            .map((row, context) -> delivery(row))
                            .list());
        });
    }

    @Override
    public Optional<LoggedDelivery> delivery(String webhookId) {
        return store.query(handle -> withAttempts(
                        handle,
                        handle.createQuery("SELECT d.*, m.type, m.body FROM deliveries d"
                                        + " JOIN messages m USING (alert_id, sequence) WHERE d.webhook_id = :id")
                                .bind("id", webhookId)
                                .map((row, context) -> delivery(row))
                                .list())
                .stream()
                .findFirst());
    }

    private static LoggedDelivery delivery(ResultSet row) throws SQLException {
        String alertId = row.getString("alert_id");
        return new LoggedDelivery(
                row.getString("webhook_id"),
                row.getString("endpoint_id"),
                row.getString("type"),
                alertId.startsWith(TEST_PREFIX) || alertId.startsWith(DisabledNotice.PREFIX) ? null : alertId,
                row.getInt("sequence"),
                WireName.parse(DeliveryState.class, row.getString("state")),
                AlertRow.requiredInstant(row, "created_at"),
                AlertRow.instant(row, "next_attempt_at"),
                AlertRow.instant(row, "completed_at"),
                row.getString("body"),
                List.of());
    }

    private static List<LoggedDelivery> withAttempts(Handle handle, List<LoggedDelivery> deliveries) {
        record Row(String webhookId, LoggedAttempt attempt) {}
        List<String> ids = deliveries.stream().map(LoggedDelivery::webhookId).toList();
        Map<String, List<Row>> attempts = handle
                .createQuery("SELECT * FROM delivery_attempts WHERE webhook_id = ANY (:ids) ORDER BY attempt_id")
                .bindArray("ids", String.class, ids)
                .map((row, context) -> new Row(row.getString("webhook_id"), attempt(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::webhookId));
        return deliveries.stream()
                .map(delivery -> new LoggedDelivery(
                        delivery.webhookId(),
                        delivery.endpointId(),
                        delivery.type(),
                        delivery.alertId(),
                        delivery.sequence(),
                        delivery.state(),
                        delivery.createdAt(),
                        delivery.nextAttemptAt(),
                        delivery.completedAt(),
                        delivery.request(),
                        attempts.getOrDefault(delivery.webhookId(), List.of()).stream()
                                .map(Row::attempt)
                                .toList()))
                .toList();
    }

    private static LoggedAttempt attempt(ResultSet row) throws SQLException {
        return new LoggedAttempt(
                row.getInt("attempt"),
                AlertRow.requiredInstant(row, "started_at"),
                row.getLong("latency_ms"),
                AlertRow.integer(row, "status"),
                row.getString("error"),
                row.getString("response"));
    }

    @Override
    public boolean redeliver(String webhookId, Instant now) {
        return store.query(handle -> {
            // The lease of an attempt under way is void: what comes of it says nothing about the one that is asked for.
            Optional<String> endpoint = handle.createQuery(
                            "UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt_at = :now,"
                                    + " completed_at = NULL, lease = lease + 1, leased_until = NULL"
                                    + " WHERE webhook_id = :id RETURNING endpoint_id")
                    .bind("now", now)
                    .bind("id", webhookId)
                    .mapTo(String.class)
                    .findOne();
            endpoint.ifPresent(id -> unblock(handle, id));
            return endpoint.isPresent();
        });
    }

    /** Somebody has asked for it: that counts for more than what the endpoint asked for, or our own caution. */
    private static void unblock(Handle handle, String endpointId) {
        handle.execute(
                "UPDATE endpoints SET blocked_until = NULL WHERE endpoint_id = ? AND blocked_until IS NOT NULL",
                endpointId);
    }

    @Override
    public int redeliverSince(Endpoint endpoint, Instant since, boolean delivered, Instant now) {
        return store.query(handle -> {
            // What is under way is on its way already.
            int again = handle.createUpdate(
                            "UPDATE deliveries d SET state = 'pending', attempts = 0, next_attempt_at = :now,"
                                    + " completed_at = NULL FROM messages m WHERE d.endpoint_id = :endpoint"
                                    + " AND (:delivered OR d.state <> 'delivered')"
                                    + " AND (d.leased_until IS NULL OR d.leased_until <= :now)"
                                    + " AND d.alert_id = m.alert_id AND d.sequence = m.sequence"
                                    + " AND m.recorded_at >= :since")
                    .bind("now", now)
                    .bind("endpoint", endpoint.id())
                    .bind("delivered", delivered)
                    .bind("since", since)
                    .execute();
            int missed = insertMissed(handle, endpoint, since, now);
            unblock(handle, endpoint.id());
            return again + missed;
        });
    }

    private int insertMissed(Handle handle, Endpoint endpoint, Instant since, Instant now) {
        return insertDeliveries(handle, endpoint, now, """
                SELECT m.alert_id, m.sequence FROM messages m
                WHERE m.recorded_at >= :since AND m.receivers && :receivers AND (:all OR m.types && :types)
                  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.endpoint_id = :endpoint
                      AND d.alert_id = m.alert_id AND d.sequence = m.sequence)
                ORDER BY m.recorded_at, m.alert_id, m.sequence
                """, Map.of("since", since));
    }

    private int insertDeliveries(Handle handle, Endpoint endpoint, Instant now, String select) {
        return insertDeliveries(handle, endpoint, now, select, Map.of());
    }

    /** Puts the selected messages into the outbox for the endpoint. */
    private int insertDeliveries(
            Handle handle, Endpoint endpoint, Instant now, String select, Map<String, Object> more) {
        record Message(String alertId, int sequence) {}
        Query query = handle.createQuery(select);
        query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        List<Message> messages = query.bindMap(more)
                .bindArray(
                        "receivers",
                        String.class,
                        endpoint.receivers().isEmpty() ? List.of(rootReceiver.get()) : endpoint.receivers())
                .bind("all", endpoint.types().isEmpty())
                .bindArray("types", String.class, endpoint.types())
                .bind("endpoint", endpoint.id())
                .map((row, context) -> new Message(row.getString("alert_id"), row.getInt("sequence")))
                .list();
        return PostgresNotifications.within(handle, store.remembered(), notifications -> {
            messages.forEach(m -> notifications.insertDelivery(endpoint.id(), m.alertId(), m.sequence(), now));
            return messages.size();
        });
    }
}
