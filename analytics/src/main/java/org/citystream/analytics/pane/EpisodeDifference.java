package org.citystream.analytics.pane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** The difference between the episodes told and those that hold after late data: amended, withdrawn, opened. */
final class EpisodeDifference {

    /** What one refold found of an episode: its events in order; for one open at the start first the event it had then. */
    record Course(List<CityEvent> events) {
        static Course of(CityEvent event) {
            return new Course(List.of(event));
        }

        Course then(Course next) {
            List<CityEvent> all = new ArrayList<>(events);
            all.addAll(next.events);
            return new Course(all);
        }

        CityEvent first() {
            return events.get(0);
        }

        CityEvent last() {
            return events.get(events.size() - 1);
        }
    }

    private static final String LATE_DATA = "late-data";

    private final List<Told> told;
    private final Map<String, Course> now;
    private final List<CityEvent> gone = new ArrayList<>();
    private final List<CityEvent> fresh = new ArrayList<>();

    /**
     * @param told brought up to date by {@link #tell}
     * @param now each episode that holds now, as far as the refold could tell
     * @param from where the refold started, epoch ms: episodes that were over by then are none of its business
     */
    EpisodeDifference(List<Told> told, Map<String, Course> now, long from) {
        this.told = told;
        this.now = now;
        for (Told each : told) {
            boolean before = !each.isOpen() && each.event().at().toEpochMilli() <= from;
            if (each.as() != Told.Status.WITHDRAWN && !before && !now.containsKey(each.episodeId())) {
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
                told.set(i, amended(told.get(i), course, out));
            }
        }
        for (CityEvent episode : gone) {
            withdraw(episode, out);
        }
        for (CityEvent episode : fresh) {
            open(Objects.requireNonNull(now.get(episode.episodeId())), out);
        }
    }

    /** Goes on from what was told, if that still holds; else says that it has been amended. */
    private static Told amended(Told before, Course course, PaneOutput<?> out) {
        byte[] told = JsonCodec.write(before.event());
        List<CityEvent> events = course.events();
        for (int i = events.size() - 1; i >= 0; i--) {
            if (Arrays.equals(told, JsonCodec.write(events.get(i)))) {
                return i == events.size() - 1 ? before : goneOn(before, events.subList(i + 1, events.size()), out);
            }
        }
        int revision = before.revision() + 1;
        CityEvent last = course.last();
        out.event(
                last.transition() == Transition.WITHDRAWN
                        ? EpisodeEvents.told(last, revision)
                        : EpisodeEvents.told(last, revision, Transition.AMENDED, last.at(), last.reason(), null, null));
        return new Told(revision, last, Told.Status.CURRENT);
    }

    private static Told goneOn(Told before, List<CityEvent> events, PaneOutput<?> out) {
        Told latest = before;
        for (CityEvent event : events) {
            latest = new Told(latest.revision() + 1, event, Told.Status.CURRENT);
            out.event(EpisodeEvents.told(event, latest.revision()));
        }
        return latest;
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
