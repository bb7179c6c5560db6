package org.citystream.dashboard.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;

/** Every episode with its stages. Closed ones are kept without their evidence, the oldest forgotten. Thread-safe. */
public final class Episodes {
    static final int CLOSED_KEPT = 10_000;

    private final Map<String, Episode> episodes = new ConcurrentHashMap<>();

    /** Takes the record as its episode's newest. */
    public void accept(CityEvent event) {
        if (event.transition() == Transition.WITHDRAWN) {
            episodes.remove(event.episodeId());
            return;
        }
        episodes.compute(event.episodeId(), (id, known) -> known == null ? Episode.first(event) : known.and(event));
        if (episodes.size() > 2 * CLOSED_KEPT) {
            forgetOldest();
        }
    }

    /** Episodes of active rules open at a moment as they stood then, worst first, then newest first. */
    public List<CityEvent> openAt(Instant moment) {
        return active(moment, moment)
                .map(episode -> episode.asAt(moment))
                .sorted(Comparator.comparing(CityEvent::severity)
                        .thenComparing(CityEvent::startedAt)
                        .reversed()
                        .thenComparing(CityEvent::episodeId))
                .toList();
    }

    /** Episodes of active rules open at some time from the first moment to the second, in the order they started. */
    public List<Episode> within(Instant from, Instant to) {
        return active(from, to)
                .sorted(Comparator.comparing((Episode episode) -> episode.last().startedAt())
                        .thenComparing(episode -> episode.last().episodeId()))
                .toList();
    }

    private Stream<Episode> active(Instant from, Instant to) {
        return episodes.values().stream().filter(Episode::isActive).filter(each -> each.isOpenWithin(from, to));
    }

    private void forgetOldest() {
        List<Episode> closed = new ArrayList<>(episodes.values());
        closed.removeIf(episode -> episode.last().endedAt() == null);
        closed.sort(Comparator.comparing(episode -> episode.last().startedAt()));
        closed.stream()
                .limit(Math.max(0, closed.size() - CLOSED_KEPT))
                .forEach(episode -> episodes.remove(episode.last().episodeId(), episode));
    }
}
