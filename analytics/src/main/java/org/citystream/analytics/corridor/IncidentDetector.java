package org.citystream.analytics.corridor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.analytics.corridor.Incidents.Gap;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.traffic.Rounded;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * One incident rule on one corridor taking in one minute: something blocks the road between two neighbouring stations.
 *
 * <p>Traffic is slow before it and free behind it, and less gets through than did before: at a bottleneck that is only too
 * narrow for its demand as much gets through as ever, and a jam that travels has long left the place. Two methods vote:
 * California #7 on the occupancies of the two stations, not where the same is seen at this hour in other weeks, and a flow
 * behind it that has dropped below a share of what it was. California #7 needs a second vote: a flow that has at least
 * noticeably dropped or, where the flow before is not known, an onset that was sudden by the standard normal deviate.
 */
final class IncidentDetector {
    private static final String CONFIRMED = "persisted";
    private static final String CLEARED = "cleared";
    /** Slow before it, free behind it: shares of free-flow speed. */
    private static final double SLOW_BELOW = 0.6;

    private static final double FREE_ABOVE = 0.7;
    /** A queue's discharge at a bottleneck is up to an eighth below what came before it; more is a drop. */
    private static final double NOTICEABLE_DROP_BELOW = 0.85;

    private static final Duration PERSISTS_FOR = Duration.ofMinutes(2);
    private static final Duration CLEARS_FOR = Duration.ofMinutes(5);
    /** The head of one incident may be seen between this many neighbouring stations. */
    private static final int SAME_WITHIN_STATIONS = 2;

    private static final double NEIGHBOURS_WITHIN_M = 3_000;
    /** Minutes: the flow now, and twice the flow before, since a queue takes time to reach the station before it. */
    private static final int NOW_MINUTES = 3;

    private static final int[][] BEFORE_MINUTES = {{8, 14}, {14, 23}};
    /** How many minutes of flow it looks at. */
    static final int FLOW_MINUTES = 24;

    private final Rule rule;
    private final Condition.Incident method;
    private final EpisodeSubject corridor;
    private final List<Station> stations;
    private final Map<String, RecentMinutes> flows;
    private final Map<String, RecentMinutes> occupancies;
    private final Map<String, Site> sites;
    private final Instant start;
    private final Instant end;
    private final List<CityEvent> events;

    /**
     * @param stations those that the rule covers, in driving direction
     * @param flows of every station, this minute included, veh/h
     * @param occupancies likewise, hundredths of a percent
     * @param sites by upstream segment
     * @param events takes what the minute brings about
     */
    IncidentDetector(
            Rule rule,
            Condition.Incident method,
            EpisodeSubject corridor,
            List<Station> stations,
            Map<String, RecentMinutes> flows,
            Map<String, RecentMinutes> occupancies,
            Map<String, Site> sites,
            Instant start,
            Instant end,
            List<CityEvent> events) {
        this.rule = rule;
        this.method = method;
        this.corridor = corridor;
        this.stations = stations;
        this.flows = flows;
        this.occupancies = occupancies;
        this.sites = sites;
        this.start = start;
        this.end = end;
        this.events = events;
    }

    /** Where the rule stands after the minute; null: there is nothing to remember. */
    @Nullable Incidents next(@Nullable Incidents before) {
        Incidents from = under(before);
        long conditionKey = from == null ? Identity.bootKey(rule.condition().toString()) : from.conditionKey();
        TreeMap<String, Gap> known = from == null ? new TreeMap<>() : from.gaps();
        Set<Integer> taken = open(known);
        TreeMap<String, Gap> gaps = new TreeMap<>();
        // From downstream to upstream: of two that begin together the one downstream is the cause.
        for (int upstream = stations.size() - 2; upstream >= 0; upstream--) {
            Gap gap = next(upstream, known.getOrDefault(stations.get(upstream).id(), Gap.QUIET), taken);
            if (!gap.isQuiet()) {
                gaps.put(stations.get(upstream).id(), gap);
            }
        }
        return gaps.isEmpty() ? null : new Incidents(rule.version(), conditionKey, gaps);
    }

    /** Ids of the stations that have another one downstream. */
    static Set<String> upstreamIds(List<Station> stations) {
        return Station.ids(stations.subList(0, Math.max(0, stations.size() - 1)));
    }

    /** A station that is moved or retired takes its incidents along, and so does the last one's neighbour downstream. */
    private @Nullable Incidents under(@Nullable Incidents before) {
        Incidents under = before == null ? null : before.under(rule, start, events);
        return under == null ? null : under.among(upstreamIds(stations), start, events);
    }

    private Set<Integer> open(TreeMap<String, Gap> gaps) {
        Set<Integer> open = new HashSet<>();
        for (int i = 0; i < stations.size(); i++) {
            Gap gap = gaps.get(stations.get(i).id());
            if (gap != null && gap.open() != null) {
                open.add(i);
            }
        }
        return open;
    }

    private Gap next(int upstream, Gap gap, Set<Integer> taken) {
        Evidence seen = new Evidence(upstream, gap);
        boolean belongsToAnother = gap.open() == null
                && taken.stream().anyMatch(other -> Math.abs(other - upstream) <= SAME_WITHIN_STATIONS);
        Hysteresis.Next next = belongsToAnother
                ? new Hysteresis.Next(Hysteresis.QUIET, Hysteresis.Change.NOTHING, start.toEpochMilli())
                : gap.standing().next(start.toEpochMilli(), end.toEpochMilli(), seen.verdict());
        CityEvent open = gap.open();
        if (next.change() == Hysteresis.Change.OPENED) {
            open = opened(seen, Instant.ofEpochMilli(next.from()));
            events.add(open);
            taken.add(upstream);
        } else if (next.change() == Hysteresis.Change.CLOSED && open != null) {
            events.add(closed(open, end, Instant.ofEpochMilli(next.from()), CLEARED));
            open = null;
        }
        return new Gap(seen.california, seen.sudden, next.state(), open);
    }

    /** What one minute says about the road between two stations. */
    private final class Evidence {
        final Station upstream;
        final Station downstream;
        final California7.Thresholds thresholds;
        final California7 california;
        final StandardNormalDeviate deviate;
        final boolean sudden;
        final boolean decides;
        final boolean slowThenFree;
        final double flowNow;
        final double flowBefore;

        Evidence(int index, Gap before) {
            upstream = stations.get(index);
            downstream = stations.get(index + 1);
            boolean calibrates = Boolean.TRUE.equals(method.calibrateCalifornia7());
            thresholds = calibrates
                    ? sites.getOrDefault(upstream.id(), Site.NEW).thresholds()
                    : California7.Thresholds.PUBLISHED;
            double ratioBefore = upstream.ratio();
            double ratioBehind = downstream.ratio();
            decides = !Double.isNaN(ratioBefore)
                    && !Double.isNaN(ratioBehind)
                    && downstream.positionM() - upstream.positionM() <= NEIGHBOURS_WITHIN_M;
            slowThenFree = decides && ratioBefore < SLOW_BELOW && ratioBehind > FREE_ABOVE;
            boolean measured = !Double.isNaN(upstream.occupancy()) && !Double.isNaN(downstream.occupancy());
            california = measured
                    ? before.california().next(100 * upstream.occupancy(), 100 * downstream.occupancy(), thresholds)
                    : California7.FREE;
            deviate = StandardNormalDeviate.of(occupancies.getOrDefault(upstream.id(), RecentMinutes.NOTHING));
            sudden = deviate.isOnset() || (before.sudden() && !(ratioBefore >= SLOW_BELOW));
            RecentMinutes flow = flows.getOrDefault(downstream.id(), RecentMinutes.NOTHING);
            flowNow = flow.mean(0, NOW_MINUTES - 1);
            double largest = Double.NaN;
            for (int[] minutes : BEFORE_MINUTES) {
                double mean = flow.mean(minutes[0], minutes[1]);
                largest = Double.isNaN(largest) || mean > largest ? mean : largest;
            }
            flowBefore = largest;
        }

        /** Share of the flow that still gets through; NaN: not known. */
        double share() {
            return flowBefore > 0 ? flowNow / flowBefore : Double.NaN;
        }

        boolean votesCalifornia() {
            return method.calibrateCalifornia7() != null
                    && california.alarms()
                    && (Double.isNaN(share()) ? sudden : share() < NOTICEABLE_DROP_BELOW)
                    && !isRecurrent();
        }

        /** Whether at this hour traffic is slow before and free behind this place in other weeks too. */
        boolean isRecurrent() {
            return upstream.usualRatio() < SLOW_BELOW && downstream.usualRatio() > FREE_ABOVE;
        }

        boolean votesCapacityDrop() {
            Double below = method.capacityDropBelow();
            return below != null && share() < below;
        }

        Verdict verdict() {
            Severity severity = rule.severity().get(0).severity();
            if (!decides) {
                return Verdict.undecided(severity);
            }
            Standing standing = !slowThenFree
                    ? Standing.EXIT
                    : votesCalifornia() || votesCapacityDrop() ? Standing.ENTER : Standing.BETWEEN;
            return new Verdict(standing, severity, PERSISTS_FOR, CLEARS_FOR, null);
        }

        String summary() {
            String name = corridor.subject().name();
            String where = String.format(
                    Locale.ROOT,
                    "Incident on %s between km %.1f and km %.1f",
                    name == null ? corridor.subject().id() : name,
                    upstream.positionM() / 1000,
                    downstream.positionM() / 1000);
            return Double.isNaN(share())
                    ? where
                    : where + String.format(Locale.ROOT, ", %.0f %% of the flow gets through", 100 * share());
        }

        JsonNode json(Instant from) {
            ObjectNode evidence = JsonCodec.internal().createObjectNode();
            evidence.putObject("window").put("start", from.toString()).put("end", end.toString());
            evidence.putObject("place")
                    .put("fromM", upstream.positionM())
                    .put("toM", downstream.positionM())
                    .put("upstreamSegmentId", upstream.id())
                    .put("downstreamSegmentId", downstream.id());
            evidence.putObject("observed")
                    .put("upstreamSpeedRatio", Rounded.known(4, upstream.ratio()))
                    .put("downstreamSpeedRatio", Rounded.known(4, downstream.ratio()))
                    .put("flowShare", Rounded.known(3, share()));
            evidence.putObject("threshold")
                    .put("upstreamSpeedRatioBelow", SLOW_BELOW)
                    .put("downstreamSpeedRatioAbove", FREE_ABOVE)
                    .put("flowShareBelow", method.capacityDropBelow())
                    .put("enterFor", PERSISTS_FOR.toString())
                    .put("exitFor", CLEARS_FOR.toString());
            ArrayNode excluded = evidence.putArray("excluded");
            upstream.tellExcluded(excluded);
            downstream.tellExcluded(excluded);
            upstream.tell(evidence.putObject("upstream"));
            downstream.tell(evidence.putObject("downstream"));
            ArrayNode sensors = evidence.putArray("sensors");
            upstream.tellSensors(sensors);
            downstream.tellSensors(sensors);
            evidence.put("completeness", Rounded.to(3, (upstream.completeness() + downstream.completeness()) / 2));
            if (!Double.isNaN(upstream.usualRatio())) {
                evidence.putObject("typical")
                        .put("upstreamSpeedRatio", Rounded.known(4, upstream.usualRatio()))
                        .put("downstreamSpeedRatio", Rounded.known(4, downstream.usualRatio()))
                        .put("recurrent", isRecurrent());
            }
            evidence.putObject("california7")
                    .put("votes", votesCalifornia())
                    .put("state", california.name().toLowerCase(Locale.ROOT))
                    .put("differencePercent", thresholds.differencePercent())
                    .put("relativeDifference", thresholds.relativeDifference())
                    .put("downstreamPercent", thresholds.downstreamPercent());
            evidence.putObject("standardNormalDeviate")
                    .put("votes", sudden)
                    .put("now", Rounded.known(2, deviate.last()))
                    .put("critical", StandardNormalDeviate.CRITICAL);
            evidence.putObject("capacityDrop")
                    .put("votes", votesCapacityDrop())
                    .put("flowNowVehH", Rounded.known(0, flowNow))
                    .put("flowBeforeVehH", Rounded.known(0, flowBefore))
                    .put("share", Rounded.known(3, share()))
                    .put("below", method.capacityDropBelow());
            return evidence;
        }
    }

    // ---- telling -----------------------------------------------------------------------------------------------

    private CityEvent opened(Evidence seen, Instant from) {
        return new CityEvent(
                "",
                EpisodeEvents.episodeId(rule.id(), corridor.subject(), from, seen.upstream.id()),
                0,
                rule.kind(),
                Transition.OPENED,
                rule.severity().get(0).severity(),
                corridor.cityId(),
                corridor.subject(),
                from,
                end,
                null,
                null,
                null,
                CONFIRMED,
                new RuleReference(rule.id(), rule.version(), rule.hash(), rule.mode()),
                rule.labels(),
                seen.summary(),
                seen.upstream.location(),
                seen.json(from));
    }

    private static CityEvent closed(CityEvent open, Instant at, Instant endedAt, String reason) {
        return EpisodeEvents.over(open, Transition.CLOSED, at, endedAt, null, reason);
    }
}
