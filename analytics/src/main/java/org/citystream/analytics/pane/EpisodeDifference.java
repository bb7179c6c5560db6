package org.citystream.analytics.pane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.citystream.analytics.episode.EpisodeEvents;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** The difference between the episodes told and those that hold after late data: amended, withdrawn, opened. */
final class EpisodeDifference {

    /** What one refold found of an episode: its first and its last event; for one open in the snapshot that event. */
    record Course(CityEvent first, CityEvent last) {
        Course then(Course next) {
            return new Course(first, next.last);
        }
    }

    private static final String LATE_DATA = "late-data";

    private final List<Told> told;
    private final Map<String, Course> now;
    private final List<CityEvent> gone = new ArrayList<>();
    private final List<CityEvent> fresh = new ArrayList<>();

    /**
     * @param told brought up to date by {@link #tell}
     * @param now each episode that holds now
     */
    EpisodeDifference(List<Told> told, Map<String, Course> now) {
        this.told = told;
        this.now = now;
        for (Told each : told) {
            if (each.as() != Told.Status.WITHDRAWN && !now.containsKey(each.episodeId())) {
                gone.add(each.event());
            }
        }
        for (Course course : now.values()) {
            CityEvent episode = course.last();
            if (told.stream()
                    .noneMatch(each -> each.as() != Told.Status.WITHDRAWN
                            && each.episodeId().equals(episode.episodeId()))) {
                fresh.add(episode);
            }
        }
        gone.sort(Comparator.comparing(CityEvent::startedAt));
        fresh.sort(Comparator.comparing(CityEvent::startedAt));
    }

    void tell(PaneOutput<?> out) {
        for (int i = 0; i < told.size(); i++) {
            Course course = now.get(told.get(i).episodeId());
            if (told.get(i).as() != Told.Status.WITHDRAWN && course != null) {
                told.set(i, amended(told.get(i), course.last(), out));
            }
        }
        for (CityEvent episode : gone) {
            withdraw(episode, out);
        }
        for (CityEvent episode : fresh) {
            open(Objects.requireNonNull(now.get(episode.episodeId())), out);
        }
    }

    private static Told amended(Told before, CityEvent episode, PaneOutput<?> out) {
        if (Arrays.equals(JsonCodec.write(before.event()), JsonCodec.write(episode))) {
            return before;
        }
        int revision = before.revision() + 1;
        out.event(
                EpisodeEvents.told(episode, revision, Transition.AMENDED, episode.at(), episode.reason(), null, null));
        return new Told(revision, episode, Told.Status.CURRENT);
    }

    private void withdraw(CityEvent episode, PaneOutput<?> out) {
        CityEvent heir = largestOverlap(episode, fresh);
        int index = indexOf(episode);
        int revision = told.get(index).revision() + 1;
        told.set(index, new Told(revision, episode, Told.Status.WITHDRAWN));
        out.event(EpisodeEvents.told(
                episode,
                revision,
                Transition.WITHDRAWN,
                episode.at(),
                LATE_DATA,
                null,
                heir == null ? null : heir.episodeId()));
    }

    /** One that is over already is recorded as closed only, unless it stands in for one that people were told of. */
    private void open(Course course, PaneOutput<?> out) {
        CityEvent episode = course.last();
        CityEvent ancestor = largestOverlap(episode, gone);
        int index = indexOf(episode);
        int revision = index < 0 ? 0 : told.get(index).revision();
        if (episode.endedAt() == null || ancestor != null) {
            revision++;
            String replaces = ancestor == null ? null : ancestor.episodeId();
            CityEvent first = course.first();
            out.event(
                    EpisodeEvents.told(first, revision, Transition.OPENED, first.at(), first.reason(), replaces, null));
        }
        if (episode.endedAt() != null || episode != course.first()) {
            revision++;
            out.event(EpisodeEvents.told(episode, revision));
        }
        Told latest = new Told(revision, episode, Told.Status.CURRENT);
        if (index < 0) {
            told.add(latest);
        } else {
            told.set(index, latest);
        }
    }

    private int indexOf(CityEvent episode) {
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i).episodeId().equals(episode.episodeId())) {
                return i;
            }
        }
        return -1;
    }

    /** Among those of the same rule; the earliest of equals. */
    private static @Nullable CityEvent largestOverlap(CityEvent episode, List<CityEvent> others) {
        CityEvent best = null;
        long largest = 0;
        for (CityEvent other : others) {
            long overlap = other.rule().id().equals(episode.rule().id()) ? overlapMillis(episode, other) : 0;
            if (overlap > largest) {
                largest = overlap;
                best = other;
            }
        }
        return best;
    }

    private static long overlapMillis(CityEvent a, CityEvent b) {
        long from = Math.max(a.startedAt().toEpochMilli(), b.startedAt().toEpochMilli());
        return Math.min(end(a), end(b)) - from;
    }

    private static long end(CityEvent episode) {
        Instant endedAt = episode.endedAt();
        return endedAt == null ? Long.MAX_VALUE / 2 : endedAt.toEpochMilli();
    }
}
