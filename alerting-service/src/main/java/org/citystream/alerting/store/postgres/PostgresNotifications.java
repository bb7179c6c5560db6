package org.citystream.alerting.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.group.Group;
import org.citystream.alerting.group.Member;
import org.citystream.alerting.notify.Hold;
import org.citystream.alerting.notify.NotificationTransaction;
import org.citystream.alerting.notify.webhook.WebhookId;
import org.citystream.alerting.silence.Silence;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.WireName;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What telling people reads and writes, in one transaction. */
final class PostgresNotifications implements NotificationTransaction {
    private static final String RECEIVERS_OF_ENDPOINT =
            "(CASE WHEN cardinality(e.receivers) = 0 THEN ARRAY[:root] ELSE e.receivers END)";
    private static final String WANTED = "(cardinality(e.types) = 0 OR e.types && %s)";

    private final Handle handle;
    private final RowBuffer rows;
    private @Nullable List<Silence> silences;
    private @Nullable List<Addressee> addressees;
    private final Remembered remembered;
    private final Map<String, Alert> saved = new HashMap<>();
    private @Nullable Map<String, Alert> open;
    private @Nullable Boolean anyHolds;
    private @Nullable Boolean anyEscalations;

    PostgresNotifications(Handle handle, RowBuffer rows, Remembered remembered) {
        this.handle = handle;
        this.rows = rows;
        this.remembered = remembered;
    }

    /** Does the work, to the last row, in a transaction that is about nothing else. */
    static <T> T within(Handle handle, Remembered remembered, Function<? super PostgresNotifications, T> work) {
        RowBuffer rows = new RowBuffer(handle);
        T result = work.apply(new PostgresNotifications(handle, rows, remembered));
        rows.flush();
        return result;
    }

    /** An enabled endpoint, as far as it matters who is told. */
    private record Addressee(String endpointId, List<String> types, List<String> receivers) {
        boolean wants(List<String> anyOf) {
            return types.isEmpty() || !Collections.disjoint(types, anyOf);
        }

        boolean belongsTo(Set<String> told, String root) {
            return receivers.isEmpty() ? told.contains(root) : !Collections.disjoint(receivers, told);
        }
    }

    /** The database, once it knows all that has been written. */
    private Handle upToDate() {
        rows.flush();
        return handle;
    }

    @Override
    public List<Silence> silences() {
        if (silences == null) {
            silences = remembered.silences().read(handle);
        }
        return silences;
    }

    @Override
    public Collection<Alert> openAlerts() {
        if (open == null) {
            open = remembered.openAlerts().read(handle, saved.keySet());
            saved.values().forEach(this::note);
        }
        return open.values();
    }

    /** Keeps what this transaction knows up to date. */
    void saved(Alert alert) {
        saved.put(alert.alertId(), alert);
        note(alert);
    }

    private void note(Alert alert) {
        if (open != null) {
            open.remove(alert.alertId());
            if (alert.notified() && alert.state() != AlertState.RESOLVED) {
                open.put(alert.alertId(), alert);
            }
        }
    }

    @Override
    public Optional<Alert> lock(String alertId) {
        return upToDate()
                .createQuery("SELECT " + AlertRow.COLUMNS + " FROM alerts a WHERE a.alert_id = :id FOR NO KEY UPDATE")
                .bind("id", alertId)
                .map((row, context) -> AlertRow.read(row))
                .findOne();
    }

    @Override
    public Set<String> receiversTold(String alertId) {
        return new HashSet<>(upToDate()
                .createQuery("SELECT unnest(receivers) FROM messages WHERE alert_id = :id"
                        // Told by messages that have been forgotten since.
                        + " UNION SELECT receiver FROM told WHERE alert_id = :id")
                .bind("id", alertId)
                .mapTo(String.class)
                .list());
    }

    @Override
    public void send(
            String subjectId,
            int sequence,
            String type,
            List<String> types,
            String body,
            Set<String> receivers,
            String root,
            Instant now) {
        insertMessage(subjectId, sequence, type, types, body, receivers, now);
        if (receivers.isEmpty()) {
            return;
        }
        addressees().stream()
                .filter(endpoint -> endpoint.wants(types) && endpoint.belongsTo(receivers, root))
                .forEach(endpoint -> insertDelivery(endpoint.endpointId(), subjectId, sequence, now));
    }

    /** Locked against removal until the transaction ends, and against newcomers, who are told of what is open then. */
    private List<Addressee> addressees() {
        if (addressees == null) {
            addressees = handle.createQuery(
                            "SELECT endpoint_id, types, receivers FROM endpoints WHERE enabled ORDER BY endpoint_id FOR KEY SHARE")
                    .map((row, context) -> new Addressee(
                            row.getString("endpoint_id"),
                            EndpointRow.texts(row, "types"),
                            EndpointRow.texts(row, "receivers")))
                    .list();
        }
        return addressees;
    }

    @Override
    public void sendLast(Alert alert, int fromSequence, String receiver, String root, Instant now) {
        record Choice(String endpoint, int sequence) {}
        upToDate()
                .createQuery("SELECT DISTINCT ON (e.endpoint_id) e.endpoint_id, m.sequence FROM endpoints e"
                        + " JOIN messages m ON m.alert_id = :alert AND m.sequence >= :from AND "
                        + WANTED.formatted("m.types")
                        + " WHERE e.enabled AND :receiver = ANY (" + RECEIVERS_OF_ENDPOINT + ")"
                        + " ORDER BY e.endpoint_id, m.sequence DESC")
                .bind("alert", alert.alertId())
                .bind("from", fromSequence)
                .bind("receiver", receiver)
                .bind("root", root)
                .map((row, context) -> new Choice(row.getString("endpoint_id"), row.getInt("sequence")))
                .list()
                .forEach(choice -> insertDelivery(choice.endpoint(), alert.alertId(), choice.sequence(), now));
        upToDate()
                .execute(
                        "UPDATE messages SET receivers = array_append(receivers, ?) WHERE alert_id = ? AND sequence ="
                                + " (SELECT max(sequence) FROM messages WHERE alert_id = ?) AND NOT ? = ANY (receivers)",
                        receiver,
                        alert.alertId(),
                        alert.alertId(),
                        receiver);
    }

    void insertMessage(
            String subjectId,
            int sequence,
            String type,
            List<String> types,
            String body,
            Set<String> receivers,
            Instant now) {
        rows.add(
                RowBuffer.Table.MESSAGES,
                row -> row.bind("id", subjectId)
                        .bind("sequence", sequence)
                        .bind("type", type)
                        .bindArray("types", String.class, types)
                        .bind("body", body)
                        .bindArray("receivers", String.class, List.copyOf(receivers))
                        .bind("now", now));
    }

    String insertDelivery(String endpointId, String subjectId, int sequence, Instant now) {
        String webhookId = WebhookId.of(endpointId, subjectId, sequence);
        rows.add(
                RowBuffer.Table.DELIVERIES,
                row -> row.bind("webhookId", webhookId)
                        .bind("endpointId", endpointId)
                        .bind("id", subjectId)
                        .bind("sequence", sequence)
                        .bind("now", now));
        return webhookId;
    }

    @Override
    public List<Hold> holds(String alertId) {
        if (anyHolds == null) {
            anyHolds = exists("holds");
        }
        if (!anyHolds) {
            return List.of();
        }
        return upToDate()
                .createQuery("SELECT * FROM holds WHERE alert_id = :id ORDER BY receiver")
                .bind("id", alertId)
                .map((row, context) -> new Hold(
                        alertId, row.getString("receiver"), row.getString("reason"), row.getInt("from_sequence")))
                .list();
    }

    /** Whether there is anything in a table that is empty most of the time. */
    private boolean exists(String table) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM " + table + ")")
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public void hold(Hold hold, Instant lookAt) {
        upToDate()
                .execute(
                        "INSERT INTO holds (alert_id, receiver, reason, from_sequence, look_at) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (alert_id, receiver) DO UPDATE SET reason = EXCLUDED.reason",
                        hold.alertId(),
                        hold.receiver(),
                        hold.reason(),
                        hold.fromSequence(),
                        lookAt);
        anyHolds = true;
    }

    @Override
    public void lookAgainAt(String alertId, String receiver, Instant at) {
        upToDate().execute("UPDATE holds SET look_at = ? WHERE alert_id = ? AND receiver = ?", at, alertId, receiver);
    }

    @Override
    public void release(String alertId, String receiver) {
        if (anyHolds == null || anyHolds) {
            upToDate().execute("DELETE FROM holds WHERE alert_id = ? AND receiver = ?", alertId, receiver);
        }
    }

    @Override
    public void planEscalation(String alertId, String receiver, Instant dueAt) {
        upToDate()
                .execute(
                        "INSERT INTO escalations (alert_id, receiver, due_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        alertId,
                        receiver,
                        dueAt);
        anyEscalations = true;
    }

    @Override
    public void escalated(String alertId, String receiver) {
        upToDate()
                .execute("UPDATE escalations SET due_at = NULL WHERE alert_id = ? AND receiver = ?", alertId, receiver);
    }

    @Override
    public void postponeEscalation(String alertId, String receiver, Instant dueAt) {
        upToDate()
                .execute(
                        "UPDATE escalations SET due_at = ? WHERE alert_id = ? AND receiver = ? AND due_at IS NOT NULL",
                        dueAt,
                        alertId,
                        receiver);
    }

    @Override
    public void endEscalations(String alertId) {
        if (anyEscalations == null) {
            anyEscalations = exists("escalations");
        }
        if (anyEscalations) {
            upToDate().execute("DELETE FROM escalations WHERE alert_id = ?", alertId);
        }
    }

    @Override
    public Group lockGroup(Group fresh) {
        return upToDate()
                .createQuery("INSERT INTO groups (group_id, route_id, receiver, labels)"
                        + " VALUES (:id, :route, :receiver, CAST(:labels AS jsonb))"
                        + " ON CONFLICT (group_id) DO UPDATE SET receiver = EXCLUDED.receiver RETURNING *")
                .bind("id", fresh.id())
                .bind("route", fresh.routeId())
                .bind("receiver", fresh.receiver())
                .bind("labels", new String(JsonCodec.write(fresh.labels()), StandardCharsets.UTF_8))
                .map((row, context) -> group(row))
                .one();
    }

    @Override
    public void saveGroup(Group group) {
        upToDate()
                .execute(
                        "UPDATE groups SET sequence = ?, notified_at = ?, flush_at = ? WHERE group_id = ?",
                        group.sequence(),
                        group.notifiedAt(),
                        group.flushAt(),
                        group.id());
    }

    @Override
    public void postponeGroup(String groupId, Instant flushAt) {
        upToDate().execute("UPDATE groups SET flush_at = ? WHERE group_id = ?", flushAt, groupId);
    }

    @Override
    public List<Group> lockGroupsOf(String alertId) {
        return upToDate()
                .createQuery("SELECT g.* FROM groups g JOIN group_members m USING (group_id)"
                        + " WHERE m.alert_id = :alert ORDER BY g.group_id FOR UPDATE OF g")
                .bind("alert", alertId)
                .map((row, context) -> group(row))
                .list();
    }

    static Group group(ResultSet row) throws SQLException {
        return new Group(
                row.getString("group_id"),
                row.getString("route_id"),
                row.getString("receiver"),
                labels(row.getString("labels")),
                row.getInt("sequence"),
                AlertRow.instant(row, "notified_at"),
                AlertRow.instant(row, "flush_at"));
    }

    private static SortedMap<String, String> labels(String json) {
        TreeMap<String, String> labels = new TreeMap<>();
        JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                .properties()
                .forEach(field -> labels.put(field.getKey(), field.getValue().asText()));
        return labels;
    }

    @Override
    public void putMember(String groupId, String alertId, ChangeType news, int newsSequence) {
        upToDate()
                .execute(
                        "INSERT INTO group_members (group_id, alert_id, news, news_sequence) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (group_id, alert_id) DO UPDATE SET news = EXCLUDED.news,"
                                + " news_sequence = EXCLUDED.news_sequence",
                        groupId,
                        alertId,
                        WireName.of(news),
                        newsSequence);
    }

    @Override
    public List<Member> members(String groupId) {
        return upToDate()
                .createQuery("SELECT " + AlertRow.COLUMNS
                        + ", m.news, m.news_sequence, m.told_sequence, m.muted FROM alerts a"
                        + " JOIN group_members m USING (alert_id) WHERE m.group_id = :group"
                        + " ORDER BY a.started_at, a.alert_id")
                .bind("group", groupId)
                .map((row, context) -> new Member(
                        AlertRow.read(row),
                        WireName.parse(ChangeType.class, row.getString("news")),
                        row.getInt("news_sequence"),
                        row.getInt("told_sequence"),
                        row.getString("muted")))
                .list();
    }

    @Override
    public void saveMember(String groupId, Member member) {
        upToDate()
                .execute(
                        "UPDATE group_members SET told_sequence = ?, muted = ? WHERE group_id = ? AND alert_id = ?",
                        member.toldSequence(),
                        member.muted(),
                        groupId,
                        member.alert().alertId());
    }

    @Override
    public void removeMember(String groupId, String alertId) {
        upToDate().execute("DELETE FROM group_members WHERE group_id = ? AND alert_id = ?", groupId, alertId);
    }
}
