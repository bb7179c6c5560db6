package org.citystream.analytics.corridor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.rule.RuleBook;
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
import org.jspecify.annotations.Nullable;

/** Decides about a corridor, minute by minute, from the latest summaries of its segments: one episode per queue. */
public final class CorridorFold implements PaneFold<CorridorState, CorridorFold.Nothing> {
    /** Sensor attribute with the corridor's name for people. */
    public static final String CORRIDOR_NAME = "corridorName";

    private static final Duration PANE = TrafficFold.PANE;
    private static final int SILENT_AFTER_INTERVALS = 3;
    private static final String RULE_OFF = "rule-off";

    private final SensorLog sensors;
    private final RuleBook rules;

    /** Corridors have no summary of their own. */
    public static final class Nothing {
        private Nothing() {}
    }

    /** Over a registry and rules that somebody else keeps up to date. */
    public CorridorFold(SensorLog sensors, RuleBook rules) {
        this.sensors = sensors;
        this.rules = rules;
    }

    @Override
    public CorridorState initial() {
        return new CorridorState(new TreeMap<>());
    }

    @Override
    public Step<CorridorState, Nothing> next(String corridorId, CorridorState state, Instant start, Pane pane) {
        List<Station> stations = stations(corridorId, start, pane);
        EpisodeSubject corridor = subject(corridorId, stations);
        TreeMap<String, Queues> next = new TreeMap<>();
        List<CityEvent> events = new ArrayList<>();
        Covered covered = covered(stations, start);
        for (Rule rule : covered.rules.values()) {
            if (rule.condition() instanceof Condition.Congestion congestion) {
                List<Station> concerned = covered.stations.getOrDefault(rule.id(), List.of());
                Queues queues = new QueueTracker(rule, congestion, corridor, concerned, start, start.plus(PANE), events)
                        .next(state.congestion().get(rule.id()));
                if (queues != null) {
                    next.put(rule.id(), queues);
                }
            }
        }
        state.congestion().forEach((ruleId, queues) -> {
            if (!covered.rules.containsKey(ruleId)) {
                queues.open().forEach(queue -> events.add(QueueTracker.ended(queue.last(), start, RULE_OFF)));
            }
        });
        return new Step<>(new CorridorState(next), null, events);
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

    /** Rules by id, and the stations each is about. */
    private record Covered(TreeMap<String, Rule> rules, Map<String, List<Station>> stations) {}

    private Covered covered(List<Station> stations, Instant start) {
        Covered covered = new Covered(new TreeMap<>(), new HashMap<>());
        for (Station station : stations) {
            for (Rule rule : rules.rulesFor(station.profile(), start)) {
                if (rule.kind() == RuleKind.CONGESTION) {
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
    public int expectedAfter(String corridorId, Instant paneStart) {
        return 0;
    }

    @Override
    public List<CityEvent> openEpisodes(CorridorState state) {
        return state.congestion().values().stream()
                .flatMap(queues -> queues.open().stream())
                .map(Queue::last)
                .toList();
    }

    @Override
    public Nothing revised(Nothing summary, int revision, boolean isFinal) {
        return summary;
    }

    @Override
    public long silentAfterMillis(String corridorId, Instant at) {
        int interval = sensors.corridor(corridorId, at.toEpochMilli()).stream()
                .mapToInt(SubjectProfile::uploadIntervalSeconds)
                .max()
                .orElse(Sensor.DEFAULT_INTERVAL_SECONDS);
        return SILENT_AFTER_INTERVALS * 1000L * interval;
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
