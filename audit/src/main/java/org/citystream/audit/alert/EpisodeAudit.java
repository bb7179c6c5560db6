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

/** Whether every episode on {@code city.events.v1} has its alert, in the state that the episode's last word demands. */
public final class EpisodeAudit {
    private static final int EXAMPLES = 20;
    private static final String SECTION = "alerts";
    private static final String OPENED = "alert.opened";

    private final Map<String, Episode> episodes = new LinkedHashMap<>();
    private long events;

    /** An event stands in its topic; those of one episode must come in the order of their partition. */
    public void event(CityEvent event, Instant arrivedAt) {
        Episode known = episodes.get(event.episodeId());
        episodes.put(
                event.episodeId(),
                known == null ? Episode.begun(event, arrivedAt, events) : known.then(event, arrivedAt, events));
        events++;
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
        for (Episode episode : episodes.values()) {
            KnownAlert alert = byEpisode.get(episode.last().episodeId());
            if (!episode.arrivedAt().isBefore(settledBefore) || episode.isTakenOver()) {
                continue;
            }
            if (alert == null) {
                without.add(episode.named());
            } else if (alert.resolved() != episode.isOver()) {
                behind.add(episode.named() + ": alert " + alert.alertId());
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
                failure("alerts-opened-twice", openedTwice(alerts)),
                line("episodes-overlapping", OverlappingEpisodes.among(episodes.values()), Verdict.TOLD));
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

    private static Line failure(String name, List<String> examples) {
        return line(name, examples, Verdict.FAILURE);
    }

    private static Line line(String name, List<String> examples, Verdict verdict) {
        return new Line(
                SECTION,
                name,
                examples.size(),
                verdict,
                examples.stream().limit(EXAMPLES).toList());
    }
}
