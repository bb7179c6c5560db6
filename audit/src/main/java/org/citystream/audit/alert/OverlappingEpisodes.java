package org.citystream.audit.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.GeoPoint;

/**
 * Two episodes that stand for one: those of one rule at one place that were told of overlapping times, the earlier of which
 * nobody has spoken of since the later began. So it is when a job fails that has told an episode, and decides another way the
 * second time. On a corridor a rule may have several queues at once, and in a district several areas: of the former those are
 * compared that begin where the other was told last, the latter not at all.
 */
final class OverlappingEpisodes {
    private OverlappingEpisodes() {}

    private record Place(String ruleId, SubjectType type, String subjectId) {}

    static List<String> among(Collection<Episode> episodes) {
        Map<Place, List<Episode>> byPlace = episodes.stream()
                .filter(OverlappingEpisodes::isComparable)
                .sorted(Comparator.comparingLong(Episode::first))
                .collect(Collectors.groupingBy(OverlappingEpisodes::place));
        List<String> found = new ArrayList<>();
        for (List<Episode> inOrder : byPlace.values()) {
            for (int i = 1; i < inOrder.size(); i++) {
                Episode later = inOrder.get(i);
                inOrder.subList(0, i).stream()
                        .filter(earlier -> isSetAside(earlier, later) && overlap(earlier.last(), later.last()))
                        .map(earlier -> earlier.named() + " and " + later.named())
                        .forEach(found::add);
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /** Not every record of the topic need be an event; the alerting service refuses those that lack something. */
    private static boolean isComparable(Episode episode) {
        CityEvent event = episode.last();
        return event.rule() != null
                && event.subject() != null
                && event.startedAt() != null
                && event.subject().type() != SubjectType.DISTRICT
                && !episode.isWithdrawn();
    }

    private static Place place(Episode episode) {
        CityEvent event = episode.last();
        return new Place(
                event.rule().id(), event.subject().type(), event.subject().id());
    }

    private static boolean isSetAside(Episode earlier, Episode later) {
        return earlier.newest() < later.first()
                && isSamePlace(earlier, later)
                && !(earlier.isOver() && mayBeFoundAnew(earlier, later));
    }

    private static boolean isSamePlace(Episode earlier, Episode later) {
        GeoPoint lastSeen = earlier.last().location();
        return earlier.last().subject().type() != SubjectType.CORRIDOR
                || lastSeen != null && lastSeen.equals(later.openedWhere());
    }

    /**
     * Another version of the rule ends what the one before has found, and finds it again from its beginning; a sensor is called
     * stuck from when it began to repeat itself, which may be before it was last called healthy.
     */
    private static boolean mayBeFoundAnew(Episode earlier, Episode later) {
        return earlier.last().subject().type() == SubjectType.SENSOR
                || earlier.last().rule().version() != later.last().rule().version();
    }

    private static boolean overlap(CityEvent earlier, CityEvent later) {
        return later.startedAt().isBefore(end(earlier)) && earlier.startedAt().isBefore(end(later));
    }

    private static Instant end(CityEvent event) {
        Instant endedAt = event.endedAt();
        return endedAt == null ? Instant.MAX : endedAt;
    }
}
