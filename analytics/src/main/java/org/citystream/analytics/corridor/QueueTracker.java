package org.citystream.analytics.corridor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.corridor.Congested.Kind;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.traffic.CongestionPolicy;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One congestion rule on one corridor taking in one minute. Every station has a {@link Hysteresis} of its own; congested
 * neighbours are one queue, and a queue is one episode.
 *
 * <p>A queue that reaches another becomes one with it: the one that started first stays (of two, the one further
 * downstream), the other is withdrawn in its favour. Of a queue that breaks apart the part with the head stays. Where a queue
 * dissolves while slow traffic goes on upstream of it, as the wave does that is left of an incident, it has moved there.
 */
final class QueueTracker {
    private static final String ENTERED = "dwell-completed";
    private static final String LEFT = "exit-dwell-completed";
    private static final String WORSE = "severity-worse";
    private static final String MILDER = "severity-milder";
    private static final String MERGED = "merged";
    private static final String MOVED = "queue-moved";
    /** A station between two waves belongs to them for so long. */
    private static final Duration BETWEEN_WAVES = Duration.ofMinutes(5);

    /** A queue that grows or shrinks is told of again no sooner. */
    private static final Duration BETWEEN_UPDATES = Duration.ofMinutes(5);

    private final Rule rule;
    private final Condition.Congestion congestion;
    private final EpisodeSubject corridor;
    private final List<Station> stations;
    private final Instant start;
    private final Instant end;
    private final List<CityEvent> events;
    /** When stations were slow last, if lately. */
    private final TreeMap<String, Long> slowAt = new TreeMap<>();

    /** Where the runs started by which stations have left. */
    private final Map<String, Long> leftFrom = new HashMap<>();

    /**
     * @param stations those that the rule covers, in driving direction
     * @param events takes what the minute brings about
     */
    QueueTracker(
            Rule rule,
            Condition.Congestion congestion,
            EpisodeSubject corridor,
            List<Station> stations,
            Instant start,
            Instant end,
            List<CityEvent> events) {
        this.rule = rule;
        this.congestion = congestion;
        this.corridor = corridor;
        this.stations = stations;
        this.start = start;
        this.end = end;
        this.events = events;
    }

    /** Where the rule stands after the minute; null: there is nothing to remember. */
    @Nullable Queues next(@Nullable Queues before) {
        Queues from = under(before);
        long conditionKey = from == null ? Identity.bootKey(rule.condition().toString()) : from.conditionKey();
        noteSlow(from);
        TreeMap<String, Hysteresis> standings = new TreeMap<>();
        List<Kind> kinds = new ArrayList<>(stations.size());
        for (Station station : stations) {
            kinds.add(judge(station, from, standings));
        }
        List<Queue> known = from == null ? List.of() : from.open();
        fillHoles(known, kinds);
        List<Queue> open = queues(known, Congested.groups(stations, kinds), standings);
        return standings.isEmpty() && open.isEmpty() && slowAt.isEmpty()
                ? null
                : new Queues(rule.version(), conditionKey, standings, slowAt, open);
    }

    private @Nullable Queues under(@Nullable Queues before) {
        Queues under = before == null ? null : before.under(rule, start, events);
        return under == null ? null : under.among(Station.ids(stations), start, events);
    }

    /** One station of a queue that flows between two that do not is a hole in it, and does not split it. */
    private void fillHoles(List<Queue> known, List<Kind> kinds) {
        for (int i = 1; i + 1 < stations.size(); i++) {
            String id = stations.get(i).id();
            if (kinds.get(i) == Kind.FREE
                    && kinds.get(i - 1).isInQueue()
                    && kinds.get(i + 1).isInQueue()
                    && known.stream().anyMatch(queue -> queue.members().contains(id))) {
                kinds.set(i, Kind.RECOVERED);
            }
        }
    }

    private void noteSlow(@Nullable Queues before) {
        if (before != null) {
            before.slowAt().forEach((id, at) -> {
                if (end.toEpochMilli() - at < BETWEEN_WAVES.toMillis()) {
                    slowAt.put(id, at);
                }
            });
        }
    }

    private Kind judge(Station station, @Nullable Queues before, TreeMap<String, Hysteresis> standings) {
        Hysteresis known = before == null ? null : before.standings().get(station.id());
        Verdict verdict = verdict(station);
        if (verdict.standing() == Standing.ENTER) {
            slowAt.put(station.id(), end.toEpochMilli());
        }
        Hysteresis.Next next =
                (known == null ? Hysteresis.QUIET : known).next(start.toEpochMilli(), end.toEpochMilli(), verdict);
        if (next.change() == Hysteresis.Change.CLOSED) {
            leftFrom.put(station.id(), next.from());
        }
        if (next.state().isQuiet()) {
            return verdict.standing() == Standing.UNDECIDED
                    ? Kind.UNKNOWN
                    : slowAt.containsKey(station.id()) ? Kind.RECOVERED : Kind.FREE;
        }
        standings.put(station.id(), next.state());
        if (next.state().isOpen()) {
            return verdict.standing() == Standing.ENTER ? Kind.CONGESTED : Kind.LEAVING;
        }
        return verdict.standing() == Standing.UNDECIDED ? Kind.UNKNOWN : Kind.ENTERING;
    }

    private Verdict verdict(Station station) {
        SegmentPart part = station.part();
        return part == null
                ? Verdict.undecided(rule.severity().get(0).severity())
                : CongestionPolicy.judge(rule, congestion, part, station.byTravelTime());
    }

    // ---- which queue is which ----------------------------------------------------------------------------------

    private List<Queue> queues(List<Queue> before, List<Congested> groups, TreeMap<String, Hysteresis> standings) {
        Map<Congested, List<Queue>> claims = new HashMap<>();
        for (Queue queue : before) {
            Congested group = goesOnIn(queue, groups);
            if (group == null) {
                events.add(closed(queue));
            } else {
                claims.computeIfAbsent(group, key -> new ArrayList<>()).add(queue);
            }
        }
        List<Queue> now = new ArrayList<>();
        for (Congested group : groups) {
            List<Queue> claiming = claims.getOrDefault(group, List.of());
            if (claiming.isEmpty() && !(group.settled() && group.slow())) {
                continue;
            }
            Queue stays = claiming.stream().min(BY_RIGHT).orElse(null);
            for (Queue queue : claiming) {
                if (stays != null && queue != stays) {
                    events.add(withdrawn(queue.last(), stays.last().episodeId()));
                }
            }
            now.add(
                    stays == null
                            ? opened(group, severity(group, standings), since(group, standings, before))
                            : goneOn(
                                    stays,
                                    group,
                                    group.settled()
                                            ? severity(group, standings)
                                            : stays.last().severity()));
        }
        now.sort(Comparator.comparing((Queue queue) -> queue.last().startedAt()).thenComparing(Queue::headId));
        return now;
    }

    /** The earliest first; of those that started together the one further downstream. */
    private static final Comparator<Queue> BY_RIGHT = Comparator.comparing(
                    (Queue queue) -> queue.last().startedAt())
            .thenComparing(queue -> -queue.extent().headM());

    /**
     * Of the groups it overlaps the one with its head, or else the one furthest downstream, those that are slow before those
     * that are about to be free; if it has dissolved, what is slow just upstream of it.
     */
    private @Nullable Congested goesOnIn(Queue queue, List<Congested> groups) {
        Congested best = null;
        for (Congested group : groups) {
            TreeSet<String> members = group.members(stations);
            boolean overlaps = queue.members().stream().anyMatch(members::contains);
            if (overlaps && (best == null || group.slow() || !best.slow())) {
                best = group;
                if (group.slow() && members.contains(queue.headId())) {
                    return group;
                }
            }
        }
        return best == null ? upstreamOf(queue, groups) : best;
    }

    private @Nullable Congested upstreamOf(Queue queue, List<Congested> groups) {
        for (int tail = 0; tail < stations.size(); tail++) {
            if (queue.members().contains(stations.get(tail).id())) {
                int first = tail;
                return groups.stream()
                        .filter(group -> group.reaches(stations, first))
                        .reduce((upstream, downstream) -> downstream)
                        .orElse(null);
            }
        }
        return null;
    }

    /** Start of the oldest run of its stations; of what broke off a queue: now. */
    private long since(Congested group, TreeMap<String, Hysteresis> standings, List<Queue> before) {
        long since = Long.MAX_VALUE;
        for (String member : group.members(stations)) {
            if (before.stream().anyMatch(queue -> queue.members().contains(member))) {
                return start.toEpochMilli();
            }
            Hysteresis standing = standings.get(member);
            if (standing != null && standing.isOpen()) {
                since = Math.min(since, standing.openSince());
            }
        }
        return since;
    }

    private Severity severity(Congested group, TreeMap<String, Hysteresis> standings) {
        Severity worst = rule.severity().get(0).severity();
        for (String member : group.members(stations)) {
            Hysteresis standing = standings.get(member);
            if (standing != null && standing.isOpen() && standing.severity().compareTo(worst) > 0) {
                worst = standing.severity();
            }
        }
        return worst;
    }

    // ---- telling -----------------------------------------------------------------------------------------------

    private Queue opened(Congested group, Severity severity, long since) {
        Station head = stations.get(group.head());
        Instant startedAt = Instant.ofEpochMilli(since);
        Extent extent = Extent.of(stations, group.tail(), group.head(), end.toEpochMilli());
        QueueEvidence evidence = new QueueEvidence(rule, congestion, stations, group);
        CityEvent event = new CityEvent(
                "",
                EpisodeEvents.episodeId(rule.id(), corridor.subject(), startedAt, head.id()),
                0,
                rule.kind(),
                Transition.OPENED,
                severity,
                corridor.cityId(),
                corridor.subject(),
                startedAt,
                end,
                null,
                null,
                null,
                ENTERED,
                new RuleReference(rule.id(), rule.version(), rule.hash(), rule.mode()),
                rule.labels(),
                evidence.summary(corridor, extent),
                head.location(),
                evidence.json(startedAt, end, extent, Double.NaN, Double.NaN));
        events.add(event);
        return new Queue(event, group.members(stations), head.id(), extent, List.of(extent));
    }

    private Queue goneOn(Queue queue, Congested group, Severity severity) {
        Station head = stations.get(group.head());
        Extent extent = Extent.of(stations, group.tail(), group.head(), end.toEpochMilli());
        Queue moved = queue.moved(group.members(stations), head.id(), extent);
        int worse = severity.compareTo(queue.last().severity());
        if (worse != 0) {
            return tell(
                    moved,
                    group,
                    worse > 0 ? Transition.ESCALATED : Transition.DEESCALATED,
                    severity,
                    null,
                    worse > 0 ? WORSE : MILDER);
        }
        boolean elsewhere = extent.tailM() != queue.told().tailM()
                || extent.headM() != queue.told().headM();
        boolean due = end.toEpochMilli() - queue.told().at() >= BETWEEN_UPDATES.toMillis();
        return elsewhere && due ? tell(moved, group, Transition.UPDATED, severity, null, MOVED) : moved;
    }

    private Queue tell(
            Queue queue,
            Congested group,
            Transition transition,
            Severity severity,
            @Nullable Instant endedAt,
            String reason) {
        QueueEvidence evidence = new QueueEvidence(rule, congestion, stations, group);
        CityEvent last = queue.last();
        CityEvent event = new CityEvent(
                "",
                last.episodeId(),
                0,
                last.kind(),
                transition,
                severity,
                last.cityId(),
                last.subject(),
                last.startedAt(),
                end,
                endedAt,
                null,
                null,
                reason,
                new RuleReference(rule.id(), rule.version(), rule.hash(), rule.mode()),
                rule.labels(),
                evidence.summary(corridor, queue.extent()),
                stations.get(group.head()).location(),
                evidence.json(last.startedAt(), end, queue.extent(), queue.growthMPerMin(), queue.headMPerMin()));
        events.add(event);
        return queue.told(event);
    }

    /** Over since the last of its stations began to leave. */
    private CityEvent closed(Queue queue) {
        long left = Long.MIN_VALUE;
        for (String member : queue.members()) {
            left = Math.max(left, leftFrom.getOrDefault(member, Long.MIN_VALUE));
        }
        Instant endedAt = left == Long.MIN_VALUE ? start : Instant.ofEpochMilli(left);
        return EpisodeEvents.over(queue.last(), Transition.CLOSED, end, endedAt, null, LEFT);
    }

    private CityEvent withdrawn(CityEvent last, String heir) {
        return EpisodeEvents.over(last, Transition.WITHDRAWN, end, start, heir, MERGED);
    }
}
