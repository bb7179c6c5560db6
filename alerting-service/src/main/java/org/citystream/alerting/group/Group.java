package org.citystream.alerting.group;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.alerting.alert.AlertId;
import org.jspecify.annotations.Nullable;

/**
 * Alerts of one route that are told together.
 *
 * @param id pure function of route and labels
 * @param sequence number of its last message; 0: it has not spoken yet
 * @param notifiedAt when it last spoke, wall clock
 * @param flushAt when it is looked at next, wall clock; absent while nothing is in it
 */
public record Group(
        String id,
        String routeId,
        String receiver,
        SortedMap<String, String> labels,
        int sequence,
        @Nullable Instant notifiedAt,
        @Nullable Instant flushAt) {
    private static final int ID_BYTES = 12;

    /** A group that has just come to be. */
    public static Group of(String routeId, String receiver, SortedMap<String, String> labels) {
        return new Group(id(routeId, labels), routeId, receiver, labels, 0, null, null);
    }

    private static String id(String routeId, Map<String, String> labels) {
        String[] parts = new String[2 + 2 * labels.size()];
        int next = 0;
        parts[next++] = "group";
        parts[next++] = routeId;
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            parts[next++] = label.getKey();
            parts[next++] = label.getValue();
        }
        return "gr-" + AlertId.hash(ID_BYTES, parts);
    }

    public Group withFlushAt(@Nullable Instant at) {
        return new Group(id, routeId, receiver, labels, sequence, notifiedAt, at);
    }

    /** The group after it has spoken. */
    public Group spoken(Instant now, @Nullable Instant next) {
        return new Group(id, routeId, receiver, labels, sequence + 1, now, next);
    }

    /** The group if its receiver has heard of alerts in it already, in another way; at the latest now. */
    public Group toldBefore(Instant now) {
        return new Group(id, routeId, receiver, labels, sequence, notifiedAt == null ? now : notifiedAt, flushAt);
    }

    /** As Alertmanager writes it: the route, and the labels. */
    public String key() {
        return routeId + ":" + labels;
    }
}
