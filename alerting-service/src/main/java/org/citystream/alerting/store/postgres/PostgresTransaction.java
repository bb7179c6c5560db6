package org.citystream.alerting.store.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.HistoryEntry;
import org.citystream.alerting.lifecycle.AlertTransaction;
import org.citystream.alerting.notify.NotificationTransaction;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** One transaction on alerts. */
final class PostgresTransaction implements AlertTransaction {
    private final Handle handle;
    private final PostgresNotifications notifications;

    PostgresTransaction(Handle handle) {
        this.handle = handle;
        this.notifications = new PostgresNotifications(handle);
    }

    @Override
    public boolean moveOffset(String topic, int partition, long expected, long next) {
        String sql = expected < 0
                ? "INSERT INTO consumer_offsets (topic, partition, next_offset) VALUES (:topic, :partition, :next)"
                        + " ON CONFLICT DO NOTHING"
                : "UPDATE consumer_offsets SET next_offset = :next"
                        + " WHERE topic = :topic AND partition = :partition AND next_offset = :expected";
        try (Update update = handle.createUpdate(sql)) {
            update.bind("topic", topic).bind("partition", partition).bind("next", next);
            if (expected >= 0) {
                update.bind("expected", expected);
            }
            return update.execute() == 1;
        }
    }

    @Override
    public Optional<Alert> byId(String alertId) {
        return one("SELECT " + AlertRow.COLUMNS + " FROM alerts a WHERE a.alert_id = :id FOR UPDATE", alertId);
    }

    @Override
    public Optional<Alert> byEpisode(String episodeId) {
        return one(
                "SELECT " + AlertRow.COLUMNS + " FROM alerts a JOIN alert_episodes e USING (alert_id)"
                        + " WHERE e.episode_id = :id FOR UPDATE OF a",
                episodeId);
    }

    private Optional<Alert> one(String sql, String id) {
        return handle.createQuery(sql)
                .bind("id", id)
                .map((row, context) -> AlertRow.read(row))
                .findOne();
    }

    @Override
    public List<Alert> dueToSettle(Instant now, int limit) {
        return handle.createQuery("SELECT " + AlertRow.COLUMNS + " FROM alerts a WHERE a.settle_at <= :now"
                        + " ORDER BY a.settle_at LIMIT :limit FOR UPDATE SKIP LOCKED")
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> AlertRow.read(row))
                .list();
    }

    @Override
    public void save(Alert alert, Instant now) {
        CityEvent event = alert.current();
        Alert.Pending pending = alert.pending();
        Acknowledgement acknowledgement = alert.acknowledgement();
        try (Update update = handle.createUpdate("""
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
                    acknowledgement_comment = EXCLUDED.acknowledgement_comment, assigned_to = EXCLUDED.assigned_to, event = EXCLUDED.event,
                    pending_event = EXCLUDED.pending_event, settle_at = EXCLUDED.settle_at,
                    changed_at = EXCLUDED.changed_at
                """)) {
            update.bind("alertId", alert.alertId())
                    .bind("cityId", event.cityId())
                    .bind("ruleId", event.rule().id())
                    .bind("kind", event.kind().wireName())
                    .bind("severity", event.severity().wireName())
                    .bind("state", alert.state().wireName())
                    .bind("shadow", alert.shadow())
                    .bind("subjectType", event.subject().type().wireName())
                    .bind("subjectId", event.subject().id())
                    .bind("startedAt", event.startedAt())
                    .bind("endedAt", event.endedAt())
                    .bind("sequence", alert.sequence())
                    .bind("notified", alert.notified())
                    .bind("ackBy", acknowledgement == null ? null : acknowledgement.by())
                    .bind("ackAt", acknowledgement == null ? null : acknowledgement.at())
                    .bind("ackComment", acknowledgement == null ? null : acknowledgement.comment())
                    .bind("assignedTo", alert.assignedTo())
                    .bind("event", json(event))
                    .bind("pending", pending == null ? null : json(pending.event()))
                    .bind("settleAt", pending == null ? null : pending.settleAt())
                    .bind("now", now)
                    .execute();
        }
        notifications.saved(alert);
    }

    private static @Nullable String json(CityEvent event) {
        return new String(JsonCodec.write(event), StandardCharsets.UTF_8);
    }

    @Override
    public void attach(String episodeId, String alertId) {
        handle.execute(
                "INSERT INTO alert_episodes (episode_id, alert_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                episodeId,
                alertId);
    }

    @Override
    public void record(String alertId, HistoryEntry entry) {
        try (Update update = handle.createUpdate("""
                INSERT INTO alert_history (alert_id, sequence, type, state, previous_state, severity, told, at,
                    recorded_at, done_by, comment, reason)
                VALUES (:alertId, :sequence, :type, :state, :previousState, :severity, :told, :at,
                    :recordedAt, :by, :comment, :reason)
                """)) {
            update.bind("alertId", alertId)
                    .bind("sequence", entry.sequence())
                    .bind("type", entry.type())
                    .bind("state", entry.state().wireName())
                    .bind(
                            "previousState",
                            entry.previousState() == null
                                    ? null
                                    : entry.previousState().wireName())
                    .bind("severity", entry.severity().wireName())
                    .bind("told", entry.told())
                    .bind("at", entry.at())
                    .bind("recordedAt", entry.recordedAt())
                    .bind("by", entry.by())
                    .bind("comment", entry.comment())
                    .bind("reason", entry.reason())
                    .execute();
        }
    }

    @Override
    public NotificationTransaction notifications() {
        return notifications;
    }
}
