package org.citystream.dashboard.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleMode;

/** The last record of every episode. Closed ones are kept without their evidence, the oldest forgotten. Thread-safe. */
public final class Episodes {
    static final int CLOSED_KEPT = 10_000;

    private final Map<String, CityEvent> episodes = new ConcurrentHashMap<>();

    /** Takes the record as its episode's newest. */
    public void accept(CityEvent event) {
        if (event.transition() == Transition.WITHDRAWN) {
            episodes.remove(event.episodeId());
            return;
        }
        episodes.put(event.episodeId(), event.endedAt() == null ? event : withoutEvidence(event));
        if (episodes.size() > 2 * CLOSED_KEPT) {
            forgetOldest();
        }
    }

    /** Episodes of active rules open at a moment, worst first, then newest first. */
    public List<CityEvent> openAt(Instant moment) {
        return episodes.values().stream()
                .filter(event -> event.rule().mode() == RuleMode.ACTIVE)
                .filter(event -> !event.startedAt().isAfter(moment))
                .filter(event -> event.endedAt() == null || event.endedAt().isAfter(moment))
                .sorted(Comparator.comparing(CityEvent::severity)
                        .thenComparing(CityEvent::startedAt)
                        .reversed()
                        .thenComparing(CityEvent::episodeId))
                .toList();
    }

    private void forgetOldest() {
        List<CityEvent> closed = new ArrayList<>(episodes.values());
        closed.removeIf(event -> event.endedAt() == null);
        closed.sort(Comparator.comparing(CityEvent::startedAt));
        closed.stream()
                .limit(Math.max(0, closed.size() - CLOSED_KEPT))
                .forEach(event -> episodes.remove(event.episodeId(), event));
    }

    private static CityEvent withoutEvidence(CityEvent event) {
        return new CityEvent(
                event.eventId(),
                event.episodeId(),
                event.revision(),
                event.kind(),
                event.transition(),
                event.severity(),
                event.cityId(),
                event.subject(),
                event.startedAt(),
                event.at(),
                event.endedAt(),
                event.replaces(),
                event.replacedBy(),
                event.reason(),
                event.rule(),
                event.labels(),
                event.summary(),
                event.location(),
                JsonNodeFactory.instance.objectNode());
    }
}
