package org.citystream.alerting.store.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.HistoryEntry;
import org.citystream.alerting.lifecycle.AlertTransaction;
import org.citystream.alerting.lifecycle.PartitionBatch;
import org.citystream.alerting.notify.NotificationTransaction;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** One transaction on alerts. */
final class PostgresTransaction implements AlertTransaction {
    private final Handle handle;
    private final RowBuffer rows;
    private final PostgresNotifications notifications;

    /** Episodes that {@link #alertOfEpisode} and {@link #alerts} know all about. */
    private final Set<String> expected = new HashSet<>();

    private final Map<String, String> alertOfEpisode = new HashMap<>();
    private final Map<String, Alert> alerts = new HashMap<>();

    private PostgresTransaction(Handle handle, Remembered remembered) {
        this.handle = handle;
        this.rows = new RowBuffer(handle);
        this.notifications = new PostgresNotifications(handle, rows, remembered);
    }

    /** Does the work, to the last row. */
    static <T> T within(Handle handle, Remembered remembered, Function<? super PostgresTransaction, T> work) {
        PostgresTransaction transaction = new PostgresTransaction(handle, remembered);
        T result = work.apply(transaction);
        transaction.rows.flush();
        return result;
    }

    @Override
    public List<PartitionBatch> moveOffsets(List<PartitionBatch> batches) {
        // In one order, so that two instances that take the same partitions for theirs do not wait for each other.
        List<PartitionBatch> inOrder = batches.stream()
                .sorted(Comparator.comparing(PartitionBatch::topic).thenComparing(PartitionBatch::partition))
                .toList();
        List<PartitionBatch> moved = new ArrayList<>();
        List<PartitionBatch> recorded = new ArrayList<>();
        for (PartitionBatch batch : inOrder) {
            if (batch.expectedOffset() >= 0) {
                recorded.add(batch);
            } else if (insertOffset(batch)) {
                moved.add(batch);
            }
        }
        moved.addAll(updateOffsets(recorded));
        return moved;
    }

    /** By itself: inserts that are sent together do not say which of them met a row that was there. */
    private boolean insertOffset(PartitionBatch batch) {
        return handle.execute(
                        "INSERT INTO consumer_offsets (topic, partition, next_offset) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        batch.topic(),
                        batch.partition(),
                        batch.nextOffset())
                == 1;
    }

    private List<PartitionBatch> updateOffsets(List<PartitionBatch> batches) {
        if (batches.isEmpty()) {
            return List.of();
        }
        try (PreparedBatch updates = handle.prepareBatch("UPDATE consumer_offsets SET next_offset = :next"
                + " WHERE topic = :topic AND partition = :partition AND next_offset = :expected")) {
            for (PartitionBatch batch : batches) {
                updates.bind("topic", batch.topic())
                        .bind("partition", batch.partition())
                        .bind("next", batch.nextOffset())
                        .bind("expected", batch.expectedOffset())
                        .add();
            }
            int[] changed = updates.execute();
            return IntStream.range(0, changed.length)
                    .filter(i -> changed[i] == 1)
                    .mapToObj(batches::get)
                    .toList();
        }
    }

    @Override
    public void expect(Collection<String> episodeIds) {
        record Row(String episodeId, Alert alert) {}
        rows.flush();
        handle.createQuery("SELECT e.episode_id, " + AlertRow.COLUMNS
                        + " FROM alerts a JOIN alert_episodes e USING (alert_id)"
                        + " WHERE e.episode_id = ANY (:ids) ORDER BY a.alert_id FOR NO KEY UPDATE OF a")
                .bindArray("ids", String.class, List.copyOf(episodeIds))
                .map((row, context) -> new Row(row.getString("episode_id"), AlertRow.read(row)))
                .forEach(row -> {
                    alertOfEpisode.put(row.episodeId(), row.alert().alertId());
                    alerts.put(row.alert().alertId(), row.alert());
                });
        expected.addAll(episodeIds);
    }

    @Override
    public Optional<Alert> byId(String alertId) {
        return one("SELECT " + AlertRow.COLUMNS + " FROM alerts a WHERE a.alert_id = :id FOR NO KEY UPDATE", alertId);
    }

    @Override
    public Optional<Alert> byEpisode(String episodeId) {
        if (expected.contains(episodeId)) {
            return Optional.ofNullable(alertOfEpisode.get(episodeId)).map(alerts::get);
        }
        return one(
                "SELECT " + AlertRow.COLUMNS + " FROM alerts a JOIN alert_episodes e USING (alert_id)"
                        + " WHERE e.episode_id = :id FOR NO KEY UPDATE OF a",
                episodeId);
    }

    private Optional<Alert> one(String sql, String id) {
        rows.flush();
        return handle.createQuery(sql)
                .bind("id", id)
                .map((row, context) -> AlertRow.read(row))
                .findOne();
    }

    @Override
    public List<Alert> dueToSettle(Instant now, int limit) {
        rows.flush();
        return handle.createQuery("SELECT " + AlertRow.COLUMNS + " FROM alerts a WHERE a.settle_at <= :now"
                        + " ORDER BY a.settle_at LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED")
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
        rows.add(
                RowBuffer.Table.ALERTS,
                alert.alertId(),
                row -> row.bind("alertId", alert.alertId())
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
                        .bind("now", now));
        alerts.put(alert.alertId(), alert);
        notifications.saved(alert);
    }

    private static @Nullable String json(CityEvent event) {
        return new String(JsonCodec.write(event), StandardCharsets.UTF_8);
    }

    @Override
    public void attach(String episodeId, String alertId) {
        if (alertOfEpisode.putIfAbsent(episodeId, alertId) == null) {
            rows.add(
                    RowBuffer.Table.EPISODES,
                    row -> row.bind("episodeId", episodeId).bind("alertId", alertId));
        }
    }

    @Override
    public void record(String alertId, HistoryEntry entry) {
        rows.add(
                RowBuffer.Table.HISTORY,
                row -> row.bind("alertId", alertId)
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
                        .bind("reason", entry.reason()));
    }

    @Override
    public NotificationTransaction notifications() {
        return notifications;
    }
}
