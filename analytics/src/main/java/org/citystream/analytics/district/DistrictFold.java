package org.citystream.analytics.district;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.analytics.airquality.AirStanding;
import org.citystream.analytics.airquality.StationHour;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.Topics;

/**
 * Decides about a district, clock hour by clock hour, from the latest summaries of its stations: neighbouring stations above
 * the same limit or level are one episode. Tells no summaries.
 */
public final class DistrictFold implements PaneFold<DistrictState, Void> {
    private static final Duration PANE = AirFold.PANE;
    private static final int SILENT_AFTER_INTERVALS = 3;

    private final SensorLog sensors;
    private final RuleBook rules;

    /** Over a registry and rules that somebody else keeps up to date. */
    public DistrictFold(SensorLog sensors, RuleBook rules) {
        this.sensors = sensors;
        this.rules = rules;
    }

    @Override
    public DistrictState initial() {
        return new DistrictState(new TreeMap<>());
    }

    @Override
    public Step<DistrictState, Void> next(String districtId, DistrictState state, Instant start, Pane pane) {
        List<Neighbour> stations = stations(districtId, start, pane);
        Covered covered = covered(stations, start);
        EpisodeSubject district = subject(districtId, stations);
        List<CityEvent> events = new ArrayList<>();
        TreeMap<String, Areas> areas = new TreeMap<>();
        for (Rule rule : covered.rules.values()) {
            Areas next = new AreaTracker(
                            rule,
                            district,
                            covered.stations.getOrDefault(rule.id(), List.of()),
                            start,
                            start.plus(PANE),
                            events)
                    .next(state.areas().get(rule.id()));
            if (next != null) {
                areas.put(rule.id(), next);
            }
        }
        endWithTheirRules(state, covered, start, events);
        return new Step<>(new DistrictState(areas), null, events);
    }

    private static void endWithTheirRules(DistrictState state, Covered covered, Instant at, List<CityEvent> events) {
        String reason = covered.isRetired ? EpisodeEvents.SUBJECT_RETIRED : EpisodeEvents.RULE_OFF;
        state.areas().forEach((ruleId, areas) -> {
            if (!covered.rules.containsKey(ruleId)) {
                areas.end(at, reason, events);
            }
        });
    }

    private List<Neighbour> stations(String districtId, Instant start, Pane pane) {
        Map<String, Cell> cells = new HashMap<>();
        pane.cells().forEach(cell -> cells.put(cell.sensorId(), cell));
        List<Neighbour> stations = new ArrayList<>();
        for (SubjectProfile profile : sensors.district(districtId, start.toEpochMilli())) {
            Cell cell = cells.get(profile.subjectId());
            stations.add(new Neighbour(profile, cell == null ? null : StationHour.of(cell, start, profile.zone())));
        }
        return stations;
    }

    /**
     * Rules by id, and the stations each is about.
     *
     * @param isRetired the district has no stations any more
     */
    private record Covered(TreeMap<String, Rule> rules, Map<String, List<Neighbour>> stations, boolean isRetired) {}

    private Covered covered(List<Neighbour> stations, Instant start) {
        Covered covered = new Covered(new TreeMap<>(), new HashMap<>(), stations.isEmpty());
        for (Neighbour station : stations) {
            for (Rule rule : rules.rulesFor(station.profile(), start)) {
                if (AirStanding.judges(rule)) {
                    covered.rules.put(rule.id(), rule);
                    covered.stations
                            .computeIfAbsent(rule.id(), id -> new ArrayList<>())
                            .add(station);
                }
            }
        }
        return covered;
    }

    private static EpisodeSubject subject(String districtId, List<Neighbour> stations) {
        String cityId = stations.stream()
                .map(station -> station.profile().cityId())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        return new EpisodeSubject(new Subject(SubjectType.DISTRICT, districtId, null), cityId, null);
    }

    @Override
    public Step<DistrictState, Void> silence(String districtId, DistrictState state, Instant from, Instant to) {
        DistrictState at = state;
        List<CityEvent> events = new ArrayList<>();
        for (Instant start = from; start.isBefore(to) && !openEpisodes(at).isEmpty(); start = start.plus(PANE)) {
            at = under(covered(stations(districtId, start, new Pane()), start), at, start, events);
        }
        return new Step<>(at, null, events);
    }

    /** The state under the rules that decide from this time on, nothing having been observed. */
    private static DistrictState under(Covered covered, DistrictState state, Instant at, List<CityEvent> events) {
        endWithTheirRules(state, covered, at, events);
        TreeMap<String, Areas> areas = new TreeMap<>();
        for (Rule rule : covered.rules.values()) {
            Areas known = state.areas().get(rule.id());
            Areas goOn = known == null ? null : known.under(rule, at, events);
            if (goOn != null) {
                areas.put(rule.id(), goOn);
            }
        }
        return new DistrictState(areas);
    }

    @Override
    public int expectedAfter(String districtId, Instant paneStart) {
        return 0;
    }

    @Override
    public List<CityEvent> openEpisodes(DistrictState state) {
        List<CityEvent> open = new ArrayList<>();
        state.areas().values().forEach(areas -> areas.open().forEach(area -> open.add(area.last())));
        return open;
    }

    @Override
    public Void revised(Void summary, int revision, boolean isFinal) {
        return summary;
    }

    @Override
    public long silentAfterMillis(String districtId, Instant at) {
        int interval = sensors.district(districtId, at.toEpochMilli()).stream()
                .mapToInt(SubjectProfile::uploadIntervalSeconds)
                .max()
                .orElse(Sensor.DEFAULT_INTERVAL_SECONDS);
        return Math.max(SILENT_AFTER_INTERVALS * 1000L * interval, SILENT_AFTER_INTERVALS * PANE.toMillis());
    }

    @Override
    public long retiredSince(String districtId) {
        return sensors.districtRetiredSince(districtId);
    }

    @Override
    public long retiredAt(String districtId, long from, long to) {
        return sensors.districtRetiredAt(districtId, from, to);
    }

    @Override
    public long controlFingerprint(String districtId, Instant upTo) {
        long fingerprint = 1;
        for (SubjectProfile profile : sensors.district(districtId, upTo.toEpochMilli())) {
            fingerprint =
                    fingerprint * 31 + sensors.fingerprint(SensorKind.AIR, profile.subjectId(), upTo.toEpochMilli());
            fingerprint = fingerprint * 31 + rules.fingerprint(profile, upTo.toEpochMilli());
        }
        return fingerprint;
    }

    @Override
    public String readingsTopic() {
        return Topics.READINGS_AIR.name();
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public Codec<DistrictState> codec() {
        return new DistrictStateCodec();
    }
}
