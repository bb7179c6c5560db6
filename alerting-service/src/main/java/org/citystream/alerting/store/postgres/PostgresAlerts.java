package org.citystream.alerting.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertFilter;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.Alerts;
import org.citystream.alerting.alert.HistoryEntry;
import org.citystream.alerting.lifecycle.AlertStore;
import org.citystream.alerting.lifecycle.AlertTransaction;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.WireName;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Alerts in PostgreSQL. */
public final class PostgresAlerts implements AlertStore, Alerts {
    private final PostgresStore store;

    public PostgresAlerts(PostgresStore store) {
        this.store = store;
    }

    @Override
    public <T> T inTransaction(Function<AlertTransaction, T> work) {
        return store.query(handle -> PostgresTransaction.within(handle, store.remembered(), work::apply));
    }

    @Override
    public OptionalLong offset(String topic, int partition) {
        return store.query(handle -> handle.createQuery("SELECT next_offset FROM consumer_offsets"
                                + " WHERE topic = :topic AND partition = :partition")
                        .bind("topic", topic)
                        .bind("partition", partition)
                        .mapTo(Long.class)
                        .findOne())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public List<Alert> list(AlertFilter filter, @Nullable Position after, int limit) {
        return store.query(handle -> {
            Query query = handle.createQuery("SELECT " + AlertRow.COLUMNS + " FROM alerts a WHERE a.shadow = :shadow"
                    + condition(!filter.states().isEmpty(), "a.state = ANY (:states)")
                    + condition(!filter.severities().isEmpty(), "a.severity = ANY (:severities)")
                    + condition(!filter.kinds().isEmpty(), "a.kind = ANY (:kinds)")
                    + condition(filter.city() != null, "a.city_id = :city")
                    + condition(filter.subject() != null, "a.subject_id = :subject")
                    + condition(filter.from() != null, "(a.ended_at IS NULL OR a.ended_at >= :from)")
                    + condition(filter.to() != null, "a.started_at < :to")
                    + condition(after != null, "(a.started_at, a.alert_id) < (:startedAt, :alertId)")
                    + " ORDER BY a.started_at DESC, a.alert_id DESC LIMIT :limit");
            bind(query, filter);
            if (after != null) {
                query.bind("startedAt", after.startedAt()).bind("alertId", after.alertId());
            }
            return query.bind("limit", limit)
                    .map((row, context) -> AlertRow.read(row))
                    .list();
        });
    }

    private static String condition(boolean wanted, String sql) {
        return wanted ? " AND " + sql : "";
    }

    private static void bind(Query query, AlertFilter filter) {
        query.bind("shadow", filter.shadow());
        bindUnlessEmpty(query, "states", filter.states());
        bindUnlessEmpty(query, "severities", filter.severities());
        bindUnlessEmpty(query, "kinds", filter.kinds());
        bindUnlessNull(query, "city", filter.city());
        bindUnlessNull(query, "subject", filter.subject());
        bindUnlessNull(query, "from", filter.from());
        bindUnlessNull(query, "to", filter.to());
    }

    private static void bindUnlessEmpty(Query query, String name, List<String> values) {
        if (!values.isEmpty()) {
            query.bindArray(name, String.class, values);
        }
    }

    private static void bindUnlessNull(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    @Override
    public Optional<Alert> find(String alertId) {
        return store.query(
                handle -> handle.createQuery("SELECT " + AlertRow.COLUMNS + " FROM alerts a WHERE a.alert_id = :id")
                        .bind("id", alertId)
                        .map((row, context) -> AlertRow.read(row))
                        .findOne());
    }

    @Override
    public List<HistoryEntry> history(String alertId) {
        return store.query(
                handle -> handle.createQuery("SELECT * FROM alert_history WHERE alert_id = :id ORDER BY entry")
                        .bind("id", alertId)
                        .map((row, context) -> entry(row))
                        .list());
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        String previousState = row.getString("previous_state");
        return new HistoryEntry(
                AlertRow.integer(row, "sequence"),
                row.getString("type"),
                WireName.parse(AlertState.class, row.getString("state")),
                previousState == null ? null : WireName.parse(AlertState.class, previousState),
                WireName.parse(Severity.class, row.getString("severity")),
                row.getBoolean("told"),
                AlertRow.requiredInstant(row, "at"),
                AlertRow.requiredInstant(row, "recorded_at"),
                row.getString("done_by"),
                row.getString("comment"),
                row.getString("reason"));
    }

    @Override
    public long lastRecorded() {
        return store.query(handle -> handle.createQuery("SELECT COALESCE(max(entry), 0) FROM alert_history")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public List<Recorded> recordedAfter(long entry, int limit) {
        return store.query(handle -> handle.createQuery(
                        "SELECT entry, alert_id, sequence, type, recorded_at"
                                + " FROM alert_history WHERE entry > :entry AND sequence IS NOT NULL ORDER BY entry LIMIT :limit")
                .bind("entry", entry)
                .bind("limit", limit)
                .map((row, context) -> new Recorded(
                        row.getLong("entry"),
                        row.getString("alert_id"),
                        row.getInt("sequence"),
                        row.getString("type"),
                        AlertRow.requiredInstant(row, "recorded_at")))
                .list());
    }
}
