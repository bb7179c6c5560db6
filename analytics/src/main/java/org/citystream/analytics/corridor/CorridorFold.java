package org.citystream.analytics.corridor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.traffic.LearnedPercentile;
import org.citystream.analytics.traffic.Rounded;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a corridor, minute by minute, from the latest summaries of its segments: travel time, one episode per queue,
 * and incidents.
 */
public final class CorridorFold implements PaneFold<CorridorState, CorridorSummary> {
    /** Sensor attribute with the corridor's name for people. */
    public static final String CORRIDOR_NAME = "corridorName";

    private static final Duration PANE = TrafficFold.PANE;
    private static final int SILENT_AFTER_INTERVALS = 3;
    /** A segment tells of a minute a minute after its end, and of the next one a minute later: so old does news get. */
    private static final Duration PARTS_COME_AFTER = PANE.multipliedBy(2);

    /** Share of free-flow speed above which a minute teaches what is usual. */
    private static final double QUIET_ABOVE = 0.7;

    private static final int PLANNED_FOR_PERCENT = 95;
    private static final int SAMPLES_NEEDED = 30;
    /** The travel time index is learned in tenths. */
    private static final double INDEX_SCALE = 10;
    /** Occupancies are remembered in hundredths of a percent. */
    private static final double OCCUPANCY_SCALE = 10_000;

    private final SensorLog sensors;
    private final RuleBook rules;

    /** Over a registry and rules that somebody else keeps up to date. */
    public CorridorFold(SensorLog sensors, RuleBook rules) {
        this.sensors = sensors;
        this.rules = rules;
    }

    @Override
    public CorridorState initial() {
        return new CorridorState(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                LearnedPercentile.NONE);
    }

    @Override
    public String readingsTopic() {
        return Topics.READINGS_TRAFFIC.name();
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    /** Travel times and other rules decide nothing of it. */
    @Override
    public CorridorState decisive(CorridorState state, CityEvent event) {
        return new CorridorState(
                only(state.congestion(), event.rule().id()),
                only(state.incidents(), event.rule().id()),
                state.flows(),
                state.occupancies(),
                state.sites(),
                LearnedPercentile.NONE);
    }

    private static <T> TreeMap<String, T> only(TreeMap<String, T> byRule, String ruleId) {
        TreeMap<String, T> one = new TreeMap<>(byRule);
        one.keySet().retainAll(Set.of(ruleId));
        return one;
    }

    @Override
    public Step<CorridorState, CorridorSummary> next(String corridorId, CorridorState state, Instant start, Pane pane) {
        Instant end = start.plus(PANE);
        List<Station> stations = stations(corridorId, start, pane);
        EpisodeSubject corridor = subject(corridorId, stations);
        TreeMap<String, RecentMinutes> flows =
                recent(stations, state.flows(), start, SegmentPart::flowPerHour, IncidentDetector.FLOW_MINUTES);
        TreeMap<String, RecentMinutes> occupancies = recent(
                stations,
                state.occupancies(),
                start,
                part -> OCCUPANCY_SCALE * part.occupancy(),
                StandardNormalDeviate.MINUTES);
        TreeMap<String, Site> sites = sites(stations, state, start);
        TreeMap<String, Queues> congestion = new TreeMap<>();
        TreeMap<String, Incidents> incidents = new TreeMap<>();
        List<CityEvent> events = new ArrayList<>();
        Covered covered = covered(stations, start);
        for (Rule rule : covered.rules.values()) {
            List<Station> concerned = covered.of(rule);
            if (rule.condition() instanceof Condition.Congestion condition) {
                Queues next = new QueueTracker(rule, condition, corridor, concerned, start, end, events)
                        .next(state.congestion().get(rule.id()));
                if (next != null) {
                    congestion.put(rule.id(), next);
                }
            } else if (rule.condition() instanceof Condition.Incident method) {
                Incidents next = new IncidentDetector(
                                rule, method, corridor, concerned, flows, occupancies, sites, start, end, events)
                        .next(state.incidents().get(rule.id()));
                if (next != null) {
                    incidents.put(rule.id(), next);
                }
            }
        }
        endWithTheirRules(state, covered, start, events);
        CorridorTravel travel = CorridorTravel.of(stations);
        LearnedPercentile travelTimes = travelTimes(stations, state, start);
        CorridorSummary summary = summary(corridor, start, travel, travelTimes, queuedM(congestion));
        return new Step<>(
                new CorridorState(
                        congestion,
                        incidents,
                        flows,
                        occupancies,
                        learned(stations, sites, end),
                        Double.isNaN(travel.index())
                                ? travelTimes
                                : travelTimes.with(INDEX_SCALE * travel.index(), end, SAMPLES_NEEDED)),
                summary,
                events);
    }

    private static LearnedPercentile travelTimes(List<Station> stations, CorridorState state, Instant start) {
        return stations.isEmpty()
                ? LearnedPercentile.NONE
                : state.travelTimes().at(start, stations.get(0).profile().zone(), PLANNED_FOR_PERCENT);
    }

    /** By the rule that sees most of it. */
    private static double queuedM(TreeMap<String, Queues> congestion) {
        return congestion.values().stream()
                .mapToDouble(queues -> queues.open().stream()
                        .mapToDouble(queue -> queue.extent().lengthM())
                        .sum())
                .max()
                .orElse(0);
    }

    private static CorridorSummary summary(
            EpisodeSubject corridor,
            Instant start,
            CorridorTravel travel,
            LearnedPercentile travelTimes,
            double queuedM) {
        return new CorridorSummary(
                corridor.subject().id(),
                corridor.cityId(),
                start,
                start.plus(PANE),
                1,
                true,
                Rounded.to(0, travel.lengthM()),
                Rounded.known(1, travel.seconds()),
                Rounded.known(1, travel.freeFlowSeconds()),
                Rounded.known(3, travel.index()),
                travelTimes.isKnown() ? Double.valueOf(travelTimes.value() / INDEX_SCALE) : null,
                Rounded.known(3, travel.vehicleDelayVehH()),
                queuedM,
                Rounded.to(3, travel.knownShare()));
    }

    private static void endWithTheirRules(CorridorState state, Covered covered, Instant at, List<CityEvent> events) {
        String reason = covered.isRetired ? EpisodeEvents.SUBJECT_RETIRED : EpisodeEvents.RULE_OFF;
        state.congestion().forEach((ruleId, queues) -> {
            if (!covered.rules.containsKey(ruleId)) {
                queues.end(at, reason, events);
            }
        });
        state.incidents().forEach((ruleId, incidents) -> {
            if (!covered.rules.containsKey(ruleId)) {
                incidents.end(at, reason, events);
            }
        });
    }

    private static TreeMap<String, RecentMinutes> recent(
            List<Station> stations,
            TreeMap<String, RecentMinutes> before,
            Instant start,
            ToDoubleFunction<SegmentPart> measured,
            int minutes) {
        TreeMap<String, RecentMinutes> recent = new TreeMap<>();
        for (Station station : stations) {
            SegmentPart part = station.part();
            recent.put(
                    station.id(),
                    before.getOrDefault(station.id(), RecentMinutes.NOTHING)
                            .with(
                                    start.toEpochMilli(),
                                    part == null ? Double.NaN : measured.applyAsDouble(part),
                                    minutes));
        }
        return recent;
    }

    /** As they decide about this minute. */
    private static TreeMap<String, Site> sites(List<Station> stations, CorridorState state, Instant start) {
        TreeMap<String, Site> sites = new TreeMap<>();
        for (Station station : stations) {
            Site site = state.sites().get(station.id());
            if (site != null) {
                sites.put(station.id(), site.at(start, station.profile().zone()));
            }
        }
        return sites;
    }

    /** With what this minute teaches, where neither of two neighbours is congested. */
    private static TreeMap<String, Site> learned(List<Station> stations, TreeMap<String, Site> sites, Instant end) {
        TreeMap<String, Site> learned = new TreeMap<>(sites);
        for (int i = 0; i + 1 < stations.size(); i++) {
            SegmentPart up = stations.get(i).part();
            SegmentPart down = stations.get(i + 1).part();
            if (up != null
                    && down != null
                    && up.speedRatio() > QUIET_ABOVE
                    && down.speedRatio() > QUIET_ABOVE
                    && !Double.isNaN(up.occupancy() + down.occupancy())) {
                learned.merge(
                        stations.get(i).id(),
                        Site.NEW.with(100 * (up.occupancy() - down.occupancy()), end),
                        (site, first) -> site.with(100 * (up.occupancy() - down.occupancy()), end));
            }
        }
        return learned;
    }

    private List<Station> stations(String corridorId, Instant start, Pane pane) {
        Map<String, SegmentPart> parts = new HashMap<>();
        for (Cell cell : pane.cells()) {
            parts.put(cell.sensorId(), SegmentPart.of(cell));
        }
        List<Station> stations = new ArrayList<>();
        for (SubjectProfile profile : sensors.corridor(corridorId, start.toEpochMilli())) {
            Double position = profile.first(Sensor::corridorPositionM);
            if (position != null) {
                stations.add(new Station(profile, position, parts.get(profile.subjectId())));
            }
        }
        return stations;
    }

    /**
     * Rules by id, and the stations each is about.
     *
     * @param isRetired the corridor has no stations any more
     */
    private record Covered(TreeMap<String, Rule> rules, Map<String, List<Station>> stations, boolean isRetired) {
        List<Station> of(Rule rule) {
            return stations.getOrDefault(rule.id(), List.of());
        }
    }

    private Covered covered(List<Station> stations, Instant start) {
        Covered covered = new Covered(new TreeMap<>(), new HashMap<>(), stations.isEmpty());
        for (Station station : stations) {
            for (Rule rule : rules.rulesFor(station.profile(), start)) {
                if (rule.kind() == RuleKind.CONGESTION || rule.kind() == RuleKind.INCIDENT) {
                    covered.rules.put(rule.id(), rule);
                    covered.stations
                            .computeIfAbsent(rule.id(), id -> new ArrayList<>())
                            .add(station);
                }
            }
        }
        return covered;
    }

    private static EpisodeSubject subject(String corridorId, List<Station> stations) {
        String name = null;
        String cityId = null;
        for (Station station : stations) {
            name = name == null ? station.profile().first(CorridorFold::corridorName) : name;
            cityId = cityId == null ? station.profile().cityId() : cityId;
        }
        return new EpisodeSubject(
                new Subject(SubjectType.CORRIDOR, corridorId, name), cityId == null ? "" : cityId, null);
    }

    private static @Nullable String corridorName(Sensor sensor) {
        Map<String, String> attributes = sensor.attributes();
        return attributes == null ? null : attributes.get(CORRIDOR_NAME);
    }

    @Override
    public Step<CorridorState, CorridorSummary> silence(
            String corridorId, CorridorState state, Instant from, Instant to) {
        CorridorState at = state;
        List<CityEvent> events = new ArrayList<>();
        for (Instant start = from; start.isBefore(to) && !openEpisodes(at).isEmpty(); start = start.plus(PANE)) {
            at = under(covered(stations(corridorId, start, new Pane()), start), at, start, events);
        }
        return new Step<>(at, null, events);
    }

    /** The state under the rules that decide from this time on, nothing having been observed. */
    private static CorridorState under(Covered covered, CorridorState state, Instant at, List<CityEvent> events) {
        endWithTheirRules(state, covered, at, events);
        TreeMap<String, Queues> congestion = new TreeMap<>();
        TreeMap<String, Incidents> incidents = new TreeMap<>();
        for (Rule rule : covered.rules.values()) {
            List<Station> concerned = covered.of(rule);
            Queues queues = state.congestion().get(rule.id());
            Queues goOn = queues == null ? null : queues.under(rule, at, events);
            if (goOn != null) {
                congestion.put(rule.id(), goOn.among(Station.ids(concerned), at, events));
            }
            Incidents known = state.incidents().get(rule.id());
            Incidents remain = known == null ? null : known.under(rule, at, events);
            if (remain != null) {
                incidents.put(rule.id(), remain.among(IncidentDetector.upstreamIds(concerned), at, events));
            }
        }
        return new CorridorState(
                congestion, incidents, state.flows(), state.occupancies(), state.sites(), state.travelTimes());
    }

    @Override
    public int expectedAfter(String corridorId, Instant paneStart) {
        return 0;
    }

    @Override
    public List<CityEvent> openEpisodes(CorridorState state) {
        List<CityEvent> open = new ArrayList<>();
        state.congestion().values().forEach(queues -> queues.open().forEach(queue -> open.add(queue.last())));
        state.incidents()
                .values()
                .forEach(incidents -> incidents.gaps().values().stream()
                        .map(Incidents.Gap::open)
                        .filter(Objects::nonNull)
                        .forEach(open::add));
        return open;
    }

    @Override
    public CorridorSummary revised(CorridorSummary summary, int revision, boolean isFinal) {
        return summary.revised(revision, isFinal);
    }

    @Override
    public long silentAfterMillis(String corridorId, Instant at) {
        int interval = sensors.corridor(corridorId, at.toEpochMilli()).stream()
                .mapToInt(SubjectProfile::uploadIntervalSeconds)
                .max()
                .orElse(Sensor.DEFAULT_INTERVAL_SECONDS);
        return SILENT_AFTER_INTERVALS * 1000L * interval + PARTS_COME_AFTER.toMillis();
    }

    @Override
    public long retiredSince(String corridorId) {
        return sensors.corridorRetiredSince(corridorId);
    }

    @Override
    public long retiredAt(String corridorId, long from, long to) {
        return sensors.corridorRetiredAt(corridorId, from, to);
    }

    @Override
    public long controlFingerprint(String corridorId, Instant upTo) {
        long fingerprint = 1;
        for (SubjectProfile profile : sensors.corridor(corridorId, upTo.toEpochMilli())) {
            fingerprint = fingerprint * 31
                    + sensors.fingerprint(SensorKind.TRAFFIC, profile.subjectId(), upTo.toEpochMilli());
            fingerprint = fingerprint * 31 + rules.fingerprint(profile, upTo.toEpochMilli());
        }
        return fingerprint;
    }

    @Override
    public Codec<CorridorState> codec() {
        return new CorridorStateCodec();
    }
}
