package org.citystream.audit.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Verdict;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;

/** Whether every episode on {@code city.events.v1} has its alert, in the state that the episode's last word demands. */
public final class EpisodeAudit {
    private static final int EXAMPLES = 20;
    private static final String SECTION = "alerts";
    private static final String OPENED = "alert.opened";

    private final Map<String, Last> episodes = new LinkedHashMap<>();

    private record Last(CityEvent event, Instant arrivedAt) {}

    /** An event stands in its topic; those of one episode must come in the order of their partition. */
    public void event(CityEvent event, Instant arrivedAt) {
        episodes.put(event.episodeId(), new Last(event, arrivedAt));
    }

    /**
     * What it comes to.
     *
     * @param settledBefore later events may still be on their way into the alerting service
     * @param keptSince wall clock; events that came earlier may be forgotten
     */
    public List<Line> lines(Collection<KnownAlert> alerts, Instant settledBefore, Instant keptSince) {
        Map<String, KnownAlert> byEpisode = alerts.stream()
                .collect(Collectors.toMap(KnownAlert::episodeId, Function.identity(), (first, second) -> first));
        List<String> without = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        List<String> invented = new ArrayList<>();
        for (Last last : episodes.values()) {
            CityEvent event = last.event();
            KnownAlert alert = byEpisode.get(event.episodeId());
            if (!last.arrivedAt().isBefore(settledBefore) || isTakenOver(event)) {
                continue;
            }
            if (alert == null) {
                without.add(named(event));
            } else if (alert.resolved() != isOver(event)) {
                behind.add(named(event) + ": alert " + alert.alertId());
            }
        }
        long forgotten = 0;
        for (KnownAlert alert : alerts) {
            if (episodes.containsKey(alert.episodeId())) {
                continue;
            }
            if (isOlder(alert, keptSince)) {
                forgotten++;
            } else {
                invented.add("alert " + alert.alertId() + " of episode " + alert.episodeId());
            }
        }
        return List.of(
                Line.told(SECTION, "episodes", episodes.size()),
                Line.told(SECTION, "alerts", alerts.size()),
                Line.told(SECTION, "episodes-forgotten", forgotten),
                failure("episodes-without-alert", without),
                failure("alerts-in-other-state", behind),
                failure("alerts-without-episode", invented),
                failure("episodes-with-two-alerts", twice(alerts)),
                failure("alerts-opened-twice", openedTwice(alerts)));
    }

    private static boolean isOlder(KnownAlert alert, Instant keptSince) {
        return alert.changes().stream().anyMatch(change -> change.recordedAt().isBefore(keptSince));
    }

    private static List<String> twice(Collection<KnownAlert> alerts) {
        Map<String, List<String>> ids = alerts.stream()
                .collect(Collectors.groupingBy(
                        KnownAlert::episodeId, Collectors.mapping(KnownAlert::alertId, Collectors.toList())));
        return ids.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "episode " + entry.getKey() + ": alerts " + String.join(", ", entry.getValue()))
                .sorted()
                .toList();
    }

    /** People are told once that an alert opens; that it is open again after all is an amendment. */
    private static List<String> openedTwice(Collection<KnownAlert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.changes().stream()
                                .filter(change -> change.told() && change.type().equals(OPENED))
                                .count()
                        > 1)
                .map(alert -> "alert " + alert.alertId())
                .toList();
    }

    /** Its alert goes on with the episode that replaces it. */
    private boolean isTakenOver(CityEvent event) {
        return event.transition() == Transition.WITHDRAWN && event.replacedBy() != null;
    }

    private static boolean isOver(CityEvent event) {
        return event.endedAt() != null
                || event.transition() == Transition.CLOSED
                || event.transition() == Transition.WITHDRAWN;
    }

    private static String named(CityEvent event) {
        return "episode " + event.episodeId() + " (" + event.kind().wireName() + " at "
                + event.subject().id() + ", " + event.transition().wireName() + " " + event.at() + ")";
    }

    private static Line failure(String name, List<String> examples) {
        return new Line(
                SECTION,
                name,
                examples.size(),
                Verdict.FAILURE,
                examples.stream().limit(EXAMPLES).toList());
    }
}
