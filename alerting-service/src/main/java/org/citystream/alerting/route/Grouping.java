package org.citystream.alerting.route;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.alerting.label.LabelSet;

/**
 * How a route gathers alerts before it tells of them. All durations are wall clock.
 *
 * @param by labels whose values make a group; empty: one group for all
 * @param each whether every alert is a group of its own ({@code ...})
 * @param firstWait before a new group first speaks
 * @param interval between two messages of a group that has news
 * @param repeat after which a group that is still open speaks again without news
 */
public record Grouping(List<String> by, boolean each, Duration firstWait, Duration interval, Duration repeat) {
    /** As Alertmanager has them. */
    static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
    static final Duration DEFAULT_REPEAT = Duration.ofHours(4);

    private static final List<String> SPATIAL = List.of(LabelSet.CORRIDOR, LabelSet.DISTRICT);

    /**
     * The labels that name the group of an alert. Alerts whose corridor or district is unknown are not lumped together:
     * the subject stands in.
     */
    public SortedMap<String, String> labels(String alertId, LabelSet alert) {
        TreeMap<String, String> labels = new TreeMap<>();
        if (each) {
            labels.putAll(alert.asMap());
            labels.put("alert", alertId);
            // What changes during an alert's life must not make it another group.
            labels.remove("severity");
            return labels;
        }
        for (String name : by) {
            labels.put(name, alert.get(name));
            if (SPATIAL.contains(name) && alert.get(name).isEmpty()) {
                labels.put(LabelSet.SUBJECT, alert.get(LabelSet.SUBJECT));
            }
        }
        return labels;
    }
}
