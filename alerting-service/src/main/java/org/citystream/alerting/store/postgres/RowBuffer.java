package org.citystream.alerting.store.postgres;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Rows on their way into a transaction: a round trip for each table, instead of one for each row. Whoever asks the database
 * for what may be among them has to {@link #flush} first.
 */
final class RowBuffer {
    private final Handle handle;
    private final Map<Table, Map<Object, Consumer<PreparedBatch>>> waiting = new EnumMap<>(Table.class);

    RowBuffer(Handle handle) {
        this.handle = handle;
    }

    /** In an order in which every row finds those that it refers to. */
    enum Table {
        ALERTS("""
                INSERT INTO alerts (alert_id, city_id, rule_id, kind, severity, state, shadow, subject_type, subject_id,
                    started_at, ended_at, sequence, notified, acknowledged_by, acknowledged_at, acknowledgement_comment,
                    assigned_to, event, pending_event, settle_at, recorded_at, changed_at)
                VALUES (:alertId, :cityId, :ruleId, :kind, :severity, :state, :shadow, :subjectType, :subjectId,
                    :startedAt, :endedAt, :sequence, :notified, :ackBy, :ackAt, :ackComment,
                    :assignedTo, CAST(:event AS jsonb), CAST(:pending AS jsonb), :settleAt, :now, :now)
                ON CONFLICT (alert_id) DO UPDATE SET
                    city_id = EXCLUDED.city_id, rule_id = EXCLUDED.rule_id, kind = EXCLUDED.kind,
                    severity = EXCLUDED.severity, state = EXCLUDED.state, shadow = EXCLUDED.shadow,
                    subject_type = EXCLUDED.subject_type, subject_id = EXCLUDED.subject_id,
                    started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at, sequence = EXCLUDED.sequence,
                    notified = EXCLUDED.notified, acknowledged_by = EXCLUDED.acknowledged_by,
                    acknowledged_at = EXCLUDED.acknowledged_at,
                    acknowledgement_comment = EXCLUDED.acknowledgement_comment, assigned_to = EXCLUDED.assigned_to,
                    event = EXCLUDED.event, pending_event = EXCLUDED.pending_event, settle_at = EXCLUDED.settle_at,
                    changed_at = EXCLUDED.changed_at
                """),
        EPISODES("INSERT INTO alert_episodes (episode_id, alert_id) VALUES (:episodeId, :alertId)"
                + " ON CONFLICT DO NOTHING"),
        HISTORY("""
                INSERT INTO alert_history (alert_id, sequence, type, state, previous_state, severity, told, at,
                    recorded_at, done_by, comment, reason)
                VALUES (:alertId, :sequence, :type, :state, :previousState, :severity, :told, :at,
                    :recordedAt, :by, :comment, :reason)
                """),
        MESSAGES("INSERT INTO messages (alert_id, sequence, type, types, body, receivers, recorded_at)"
                + " VALUES (:id, :sequence, :type, :types, :body, :receivers, :now)"),
        DELIVERIES(
                "INSERT INTO deliveries (webhook_id, endpoint_id, alert_id, sequence, state, next_attempt_at, created_at)"
                        + " VALUES (:webhookId, :endpointId, :id, :sequence, 'pending', :now, :now) ON CONFLICT DO NOTHING");

        private final String sql;

        Table(String sql) {
            this.sql = sql;
        }
    }

    void add(Table table, Consumer<PreparedBatch> bind) {
        add(table, new Object(), bind);
    }

    /** In place of the row with this key, if one waits: a statement must not meet its own row again. */
    void add(Table table, Object key, Consumer<PreparedBatch> bind) {
        waiting.computeIfAbsent(table, t -> new LinkedHashMap<>()).put(key, bind);
    }

    void flush() {
        waiting.forEach((table, rows) -> {
            try (PreparedBatch batch = handle.prepareBatch(table.sql)) {
                for (Consumer<PreparedBatch> bind : rows.values()) {
                    bind.accept(batch);
                    batch.add();
                }
                batch.execute();
            }
        });
        waiting.clear();
    }
}
