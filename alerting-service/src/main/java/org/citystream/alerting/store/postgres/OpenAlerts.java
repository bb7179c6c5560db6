package org.citystream.alerting.store.postgres;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.citystream.alerting.alert.Alert;
import org.jdbi.v3.core.Handle;

/**
 * Every alert that is firing or stale and told. Only those are read whole that have changed since they were read last: with
 * thousands open, reading and parsing them all for every look at what they inhibit would leave time for nothing else.
 * Thread-safe.
 */
final class OpenAlerts {
    private static final String OPEN = " FROM alerts a WHERE a.state <> 'resolved' AND a.notified";

    private final Map<String, Alert> known = new ConcurrentHashMap<>();

    private record Version(String alertId, int sequence) {}

    /**
     * By id, in the order in which they began.
     *
     * @param uncommitted ids of alerts that the handle's transaction has written: nobody else may see those yet
     */
    Map<String, Alert> read(Handle handle, Set<String> uncommitted) {
        List<Version> versions = handle.createQuery(
                        "SELECT a.alert_id, a.sequence" + OPEN + " ORDER BY a.started_at, a.alert_id")
                .map((row, context) -> new Version(row.getString("alert_id"), row.getInt("sequence")))
                .list();
        // Of one's own: another thread may forget meanwhile what it does not see yet.
        Map<String, Alert> mine = new HashMap<>(known);
        Map<String, Alert> changed = changed(handle, versions, mine);
        mine.putAll(changed);
        Map<String, Alert> open = new LinkedHashMap<>();
        versions.forEach(version -> {
            Alert alert = mine.get(version.alertId());
            if (alert != null) {
                open.put(version.alertId(), alert);
            }
        });
        known.keySet().retainAll(open.keySet());
        changed.keySet().removeAll(uncommitted);
        known.putAll(changed);
        return open;
    }

    private static Map<String, Alert> changed(Handle handle, List<Version> versions, Map<String, Alert> mine) {
        List<String> ids = versions.stream()
                .filter(version -> {
                    Alert alert = mine.get(version.alertId());
                    return alert == null || alert.sequence() != version.sequence();
                })
                .map(Version::alertId)
                .toList();
        return ids.isEmpty()
                ? new LinkedHashMap<>()
                : handle
                        .createQuery("SELECT " + AlertRow.COLUMNS + OPEN + " AND a.alert_id = ANY (:ids)")
                        .bindArray("ids", String.class, ids)
                        .map((row, context) -> AlertRow.read(row))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(
                                Alert::alertId, alert -> alert, (one, other) -> other, LinkedHashMap::new));
    }
}
