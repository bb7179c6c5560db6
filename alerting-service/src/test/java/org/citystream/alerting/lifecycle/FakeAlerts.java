package org.citystream.alerting.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;

/** Alerts in memory, moved by a lifecycle as the store would. */
final class FakeAlerts {
    private final Lifecycle lifecycle;
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, String> alertOfEpisode = new LinkedHashMap<>();
    private final Map<String, List<String>> told = new TreeMap<>();
    private final List<String> recorded = new ArrayList<>();
    private Instant now = Events.EIGHT;

    FakeAlerts(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    void receive(CityEvent event) {
        Known known =
                new Known(ofEpisode(event.episodeId()), ofEpisode(event.replaces()), ofEpisode(event.replacedBy()));
        Step step = lifecycle.receive(known, event, now);
        apply(step);
        if (step.alert() != null) {
            alertOfEpisode.putIfAbsent(event.episodeId(), step.alert().alertId());
        }
    }

    void acknowledge(Acknowledgement acknowledgement) {
        apply(lifecycle.acknowledge(only(), acknowledgement));
    }

    /** Lets wall-clock time pass. */
    void wait(Duration time) {
        now = now.plus(time);
        List.copyOf(alerts.values()).forEach(alert -> apply(lifecycle.settle(alert, now)));
    }

    /** As a person has changed it. */
    void put(Alert alert) {
        alerts.put(alert.alertId(), alert);
    }

    private @Nullable Alert ofEpisode(@Nullable String episodeId) {
        String alertId = episodeId == null ? null : alertOfEpisode.get(episodeId);
        return alertId == null ? null : alerts.get(alertId);
    }

    private void apply(Step step) {
        Alert alert = step.alert();
        if (alert == null) {
            return;
        }
        alerts.put(alert.alertId(), alert);
        AlertChange change = step.change();
        if (change != null) {
            String line = change.sequence() + " " + change.type().wireName() + " "
                    + alert.state().wireName() + " "
                    + alert.current().severity().wireName();
            recorded.add(line);
            if (change.told()) {
                told.computeIfAbsent(alert.alertId(), id -> new ArrayList<>()).add(line);
            }
        }
    }

    Alert only() {
        if (alerts.size() != 1) {
            throw new AssertionError("expected one alert but there are " + alerts.keySet());
        }
        return alerts.values().iterator().next();
    }

    List<String> told() {
        return told.values().stream().flatMap(List::stream).toList();
    }

    Map<String, List<String>> toldByAlert() {
        return told;
    }

    List<String> recorded() {
        return recorded;
    }

    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        alerts.forEach((id, alert) -> states.put(
                id,
                alert.state() + " " + alert.current().severity() + " "
                        + alert.current().startedAt()));
        return states;
    }
}
