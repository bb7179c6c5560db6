package org.citystream.analytics.district;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.airquality.AirStanding;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One rule in one district taking in one hour. Every station has a {@link Hysteresis} of its own. Two neighbours above
 * together open an episode, which then follows the cluster they are in until none of it is above: so a second station that
 * comes and goes does not open and close it.
 *
 * <p>Of an episode whose cluster breaks apart, the part with most of its stations goes on as that episode; of several in
 * clusters that meet, the one that started first, and the others are withdrawn in its favour.
 */
final class AreaTracker {
    private static final int NEIGHBOURS_NEEDED = 2;

    private static final String ENTERED = "neighbours-above";
    private static final String LEFT = "none-above";
    private static final String WORSE = "severity-worse";
    private static final String MILDER = "severity-milder";
    private static final String MOVED = "extent-changed";
    private static final String MERGED = "merged";

    private final Rule rule;
    private final EpisodeSubject district;
    private final List<Neighbour> stations;
    private final Instant start;
    private final Instant end;
    private final List<CityEvent> events;
    private final TreeMap<String, Hysteresis> standings = new TreeMap<>();
    /** Where the runs of stations that are no longer above have left. */
    private final Map<String, Long> leftFrom = new HashMap<>();

    /**
     * @param stations those that the rule covers, by id
     * @param events takes what the hour brings about
     */
    AreaTracker(
            Rule rule,
            EpisodeSubject district,
            List<Neighbour> stations,
            Instant start,
            Instant end,
            List<CityEvent> events) {
        this.rule = rule;
        this.district = district;
        this.stations = stations;
        this.start = start;
        this.end = end;
        this.events = events;
    }

    /** Where the rule stands after the hour; null: there is nothing to remember. */
    @Nullable Areas next(@Nullable Areas before) {
        Areas from = before == null ? null : before.under(rule, start, events);
        for (Neighbour station : stations) {
            judge(station, from == null ? null : from.standings().get(station.id()));
        }
        TreeSet<String> above = new TreeSet<>();
        standings.forEach((id, standing) -> {
            if (standing.isOpen()) {
                above.add(id);
            }
        });
        List<Area> open = areas(from == null ? List.of() : from.open(), Clusters.of(stations, above));
        return standings.isEmpty() && open.isEmpty()
                ? null
                : new Areas(
                        rule.version(),
                        from == null ? Identity.bootKey(rule.condition().toString()) : from.conditionKey(),
                        standings,
                        open);
    }

    private void judge(Neighbour station, @Nullable Hysteresis known) {
        Verdict verdict = station.hour() == null
                ? Verdict.undecided(rule.severity().get(0).severity())
                : AirStanding.of(rule, station.hour(), null);
        Hysteresis.Next next = (known == null ? Hysteresis.QUIET : known)
                .next(verdict.startOr(start).toEpochMilli(), end.toEpochMilli(), verdict);
        if (next.change() == Hysteresis.Change.CLOSED) {
            leftFrom.put(station.id(), next.from());
        }
        if (!next.state().isQuiet()) {
            standings.put(station.id(), next.state());
        }
    }

    // ---- which episode is which --------------------------------------------------------------------------------

    private List<Area> areas(List<Area> before, List<List<Neighbour>> clusters) {
        Map<List<Neighbour>, List<Area>> claims = new HashMap<>();
        for (Area area : before) {
            List<Neighbour> goesOn = goesOnIn(area, clusters);
            if (goesOn == null) {
                events.add(closed(area));
            } else {
                claims.computeIfAbsent(goesOn, key -> new ArrayList<>()).add(area);
            }
        }
        List<Area> now = new ArrayList<>();
        for (List<Neighbour> cluster : clusters) {
            List<Area> claiming = claims.getOrDefault(cluster, List.of());
            Area stays = claiming.stream().min(BY_RIGHT).orElse(null);
            for (Area area : claiming) {
                if (stays != null && area != stays) {
                    events.add(withdrawn(area, stays.last().episodeId()));
                }
            }
            if (stays != null) {
                now.add(goneOn(stays, cluster));
            } else if (cluster.size() >= NEIGHBOURS_NEEDED) {
                now.add(opened(cluster, before));
            }
        }
        now.sort(BY_RIGHT);
        return now;
    }

    private static final Comparator<Area> BY_RIGHT = Comparator.comparing(
                    (Area area) -> area.last().startedAt())
            .thenComparing(area -> area.last().episodeId());

    /** The cluster with most of its stations; of several the first. */
    private static @Nullable List<Neighbour> goesOnIn(Area area, List<List<Neighbour>> clusters) {
        List<Neighbour> best = null;
        long most = 0;
        for (List<Neighbour> cluster : clusters) {
            long common = cluster.stream()
                    .filter(station -> area.members().contains(station.id()))
                    .count();
            if (common > most) {
                best = cluster;
                most = common;
            }
        }
        return best;
    }

    // ---- telling -----------------------------------------------------------------------------------------------

    private Area opened(List<Neighbour> cluster, List<Area> before) {
        Instant startedAt = since(cluster, before);
        String episodeId = EpisodeEvents.episodeId(
                rule.id(), district.subject(), startedAt, cluster.get(0).id());
        return told(cluster, episodeId, startedAt, Transition.OPENED, ENTERED);
    }

    /** Since when two neighbours have been above; of what broke off another episode: now. */
    private Instant since(List<Neighbour> cluster, List<Area> before) {
        long since = Long.MAX_VALUE;
        for (Neighbour a : cluster) {
            if (before.stream().anyMatch(area -> area.members().contains(a.id()))) {
                return start;
            }
            for (Neighbour b : cluster) {
                if (a != b && a.isNeighbourOf(b)) {
                    since = Math.min(since, Math.max(openSince(a), openSince(b)));
                }
            }
        }
        return Instant.ofEpochMilli(since);
    }

    /** Of a station that is above. */
    private long openSince(Neighbour station) {
        return Objects.requireNonNull(standings.get(station.id())).openSince();
    }

    private Area goneOn(Area area, List<Neighbour> cluster) {
        CityEvent last = area.last();
        int worse = severity(cluster).compareTo(last.severity());
        if (worse != 0) {
            return told(
                    cluster,
                    last.episodeId(),
                    last.startedAt(),
                    worse > 0 ? Transition.ESCALATED : Transition.DEESCALATED,
                    worse > 0 ? WORSE : MILDER);
        }
        return Clusters.ids(cluster).equals(area.members())
                ? area
                : told(cluster, last.episodeId(), last.startedAt(), Transition.UPDATED, MOVED);
    }

    private Severity severity(List<Neighbour> cluster) {
        Severity worst = rule.severity().get(0).severity();
        for (Neighbour station : cluster) {
            Hysteresis standing = standings.get(station.id());
            if (standing != null && standing.severity().compareTo(worst) > 0) {
                worst = standing.severity();
            }
        }
        return worst;
    }

    private Area told(
            List<Neighbour> cluster, String episodeId, Instant startedAt, Transition transition, String reason) {
        AreaEvidence evidence = new AreaEvidence(rule, stations, cluster, standings);
        CityEvent event = new CityEvent(
                "",
                episodeId,
                0,
                rule.kind(),
                transition,
                severity(cluster),
                district.cityId(),
                district.subject(),
                startedAt,
                end,
                null,
                null,
                null,
                reason,
                EpisodeEvents.reference(rule),
                rule.labels(),
                evidence.summary(district),
                evidence.centre(),
                evidence.json(startedAt, end));
        events.add(event);
        return new Area(event, Clusters.ids(cluster));
    }

    /** Over since the last of its stations began to leave. */
    private CityEvent closed(Area area) {
        long left = Long.MIN_VALUE;
        for (String member : area.members()) {
            left = Math.max(left, leftFrom.getOrDefault(member, Long.MIN_VALUE));
        }
        Instant endedAt = left == Long.MIN_VALUE ? start : Instant.ofEpochMilli(left);
        return EpisodeEvents.over(area.last(), Transition.CLOSED, end, endedAt, null, LEFT);
    }

    private CityEvent withdrawn(Area area, String heir) {
        return EpisodeEvents.over(area.last(), Transition.WITHDRAWN, end, start, heir, MERGED);
    }
}
