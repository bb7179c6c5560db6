package org.citystream.alerting.store.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.citystream.alerting.group.Group;
import org.citystream.alerting.notify.NotificationStore;
import org.citystream.alerting.notify.NotificationTransaction;

/** What is to be told later, in PostgreSQL. */
public final class PostgresNotificationStore implements NotificationStore {
    private final PostgresStore store;

    public PostgresNotificationStore(PostgresStore store) {
        this.store = store;
    }

    @Override
    public <T> T notifying(Function<NotificationTransaction, T> work) {
        return store.query(handle -> PostgresNotifications.within(handle, store.remembered(), work::apply));
    }

    @Override
    public List<Waiting> heldAndDue(Instant now, int limit) {
        return waiting(
                "SELECT alert_id, receiver FROM holds WHERE look_at <= :now ORDER BY look_at LIMIT :limit", now, limit);
    }

    @Override
    public List<Waiting> escalationsDue(Instant now, int limit) {
        return waiting(
                "SELECT alert_id, receiver FROM escalations WHERE due_at <= :now ORDER BY due_at LIMIT :limit",
                now,
                limit);
    }

    private List<Waiting> waiting(String sql, Instant now, int limit) {
        return store.query(handle -> handle.createQuery(sql)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new Waiting(row.getString("alert_id"), row.getString("receiver")))
                .list());
    }

    @Override
    public boolean withDueGroup(Instant now, Set<String> routeIds, Work work) {
        return store.query(handle -> {
            Optional<Group> due = handle.createQuery("SELECT * FROM groups WHERE flush_at <= :now"
                            + " AND route_id = ANY (:routes) ORDER BY flush_at LIMIT 1 FOR UPDATE SKIP LOCKED")
                    .bind("now", now)
                    .bindArray("routes", String.class, List.copyOf(routeIds))
                    .map((row, context) -> PostgresNotifications.group(row))
                    .findOne();
            due.ifPresent(group -> PostgresNotifications.within(handle, store.remembered(), notifications -> {
                work.on(notifications, group);
                return group;
            }));
            return due.isPresent();
        });
    }

    @Override
    public boolean hasDueGroupOfOthers(Instant now, Set<String> routeIds) {
        return store.query(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM groups WHERE flush_at <= :now"
                        + " AND NOT route_id = ANY (:routes))")
                .bind("now", now)
                .bindArray("routes", String.class, List.copyOf(routeIds))
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public Optional<String> routedBy() {
        return store.query(handle -> handle.createQuery("SELECT hash FROM routing")
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void routedBy(String hash) {
        store.query(handle -> handle.execute("UPDATE routing SET hash = ?", hash));
    }

    @Override
    public List<String> openAlertIds() {
        return store.query(handle -> handle.createQuery("SELECT alert_id FROM alerts"
                        + " WHERE state <> 'resolved' AND notified ORDER BY started_at, alert_id")
                .mapTo(String.class)
                .list());
    }

    @Override
    public void leaveGroups(Map<String, String> receivers) {
        List<String> routes = List.copyOf(receivers.keySet());
        List<String> told = routes.stream().map(receivers::get).toList();
        String left = " NOT EXISTS (SELECT 1 FROM unnest(:routes, :receivers) AS r(route_id, receiver)"
                + " WHERE r.route_id = g.route_id AND r.receiver = g.receiver)";
        store.query(handle -> {
            handle.createUpdate("INSERT INTO told (alert_id, receiver) SELECT DISTINCT m.alert_id, g.receiver"
                            + " FROM group_members m JOIN groups g USING (group_id) WHERE m.told_sequence > 0 AND"
                            + left
                            + " ON CONFLICT DO NOTHING")
                    .bindArray("routes", String.class, routes)
                    .bindArray("receivers", String.class, told)
                    .execute();
            return handle.createUpdate("DELETE FROM group_members m USING groups g WHERE g.group_id = m.group_id"
                            + " AND g.route_id = ANY (:routes) AND" + left)
                    .bindArray("routes", String.class, routes)
                    .bindArray("receivers", String.class, told)
                    .execute();
        });
    }

    @Override
    public void forgetGroups(Set<String> routeIds) {
        store.query(handle -> {
            handle.createUpdate("DELETE FROM group_members m USING groups g"
                            + " WHERE g.group_id = m.group_id AND NOT g.route_id = ANY (:routes)")
                    .bindArray("routes", String.class, List.copyOf(routeIds))
                    .execute();
            return handle.createUpdate("UPDATE groups SET flush_at = NULL WHERE NOT route_id = ANY (:routes)")
                    .bindArray("routes", String.class, List.copyOf(routeIds))
                    .execute();
        });
    }
}
