package org.citystream.analytics.traffic;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.threshold.ThresholdPolicy;
import org.citystream.analytics.threshold.Windows;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.summary.MetricFamily;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** Decides about a road segment, minute by minute: summary, free-flow speed, congestion, thresholds. */
public final class TrafficFold implements PaneFold<TrafficState, TrafficSummary> {
    /** Length of a pane. */
    public static final Duration PANE = Duration.ofMinutes(1);

    private static final int SILENT_AFTER_INTERVALS = 3;
    private static final String SPEED = "traffic.spaceMeanSpeedKmh";

    private final SensorLog sensors;
    private final RuleBook rules;

    /** Over a registry and rules that somebody else keeps up to date. */
    public TrafficFold(SensorLog sensors, RuleBook rules) {
        this.sensors = sensors;
        this.rules = rules;
    }

    @Override
    public TrafficState initial() {
        return new TrafficState(
                FreeFlow.NOTHING,
                EffectiveLength.UNKNOWN,
                TypicalWeek.NOTHING,
                Repeats.NONE,
                MatchedVehicles.NONE,
                Windows.NONE,
                Episodes.NONE);
    }

    @Override
    public String readingsTopic() {
        return Topics.READINGS_TRAFFIC.name();
    }

    @Override
    public Map<String, Double> learned(TrafficState state) {
        FreeFlow freeFlow = state.freeFlow();
        return freeFlow.speedKmh() == 0
                ? Map.of()
                : Map.of("freeFlowSpeedKmh", (double) freeFlow.speedKmh(), "slowSpeedKmh", (double) freeFlow.slowKmh());
    }

    @Override
    public Step<TrafficState, TrafficSummary> next(String segmentId, TrafficState state, Instant start, Pane pane) {
        SubjectProfile profile = profile(segmentId, start);
        if (profile.isRetired()) {
            // What was learned goes with the sensors.
            return new Step<>(
                    initial(),
                    next(segmentId, profile, initial(), start, pane).summary(),
                    state.episodes().retired(start).events());
        }
        return next(segmentId, profile, state, start, pane);
    }

    private Step<TrafficState, TrafficSummary> next(
            String segmentId, SubjectProfile profile, TrafficState state, Instant start, Pane pane) {
        Instant end = start.plus(PANE);
        ZoneId zone = profile.zone();
        Repeats repeats = state.repeats().with(pane.cells(), profile, start.toEpochMilli());
        SegmentMinute seen =
                SegmentMinute.of(Believed.of(pane, profile, repeats, end.toEpochMilli()), profile, PANE.toMillis());
        MatchedVehicles matched = seen.travelTime()
                ? state.matched().with(start.toEpochMilli(), PANE.toMillis(), seen.weight(), seen.slowness())
                : state.matched();
        EffectiveLength length = state.effectiveLength().at(start, zone);
        SegmentMinute minute = seen.travelTime() ? seen.pooled(matched) : seen.estimated(length);
        FreeFlow freeFlow = state.freeFlow().at(start, zone);
        double typicalKmh = state.typical().speedKmh(start, zone);
        TrafficSummary summary = summary(segmentId, profile, start, minute, freeFlow, length, typicalKmh);
        if (minute.decides() && minute.readings() > 0 && summary.spaceMeanSpeedKmh() != null) {
            freeFlow = freeFlow.with(summary.spaceMeanSpeedKmh(), start, end, zone);
            length = length.with(minute, SegmentMinute.orNaN(summary.speedRatio()), end);
        }
        TypicalWeek typical = state.typical().with(start, zone, minute.weight(), minute.slowness());
        List<Rule> deciding = deciding(profile, start);
        Windows windows = state.windows().next(deciding, start, end, values(summary, minute));
        ThresholdPolicy thresholds = new ThresholdPolicy(
                segmentId,
                MetricFamily.TRAFFIC,
                windows,
                end,
                Duration.ofSeconds(profile.expectedIntervalSeconds()),
                evidence -> SegmentEvidence.addTo(evidence, summary, minute));
        Episodes.Next episodes = state.episodes()
                .next(
                        subject(segmentId, profile),
                        deciding,
                        start,
                        end,
                        rule -> rule.condition() instanceof Condition.Threshold threshold
                                ? thresholds.judge(rule, threshold)
                                : CongestionPolicy.judge(rule, summary, minute));
        return new Step<>(
                new TrafficState(freeFlow, length, typical, repeats, matched, windows, episodes.episodes()),
                summary,
                episodes.events());
    }

    /** A speed that too few vehicles were matched for decides nothing here either. */
    private static Windows.Values values(TrafficSummary summary, SegmentMinute minute) {
        Windows.Values all = ThresholdPolicy.values(MetricFamily.TRAFFIC, summary);
        return metric -> metric.equals(SPEED) && !minute.decides() ? null : all.of(metric);
    }

    private SubjectProfile profile(String segmentId, Instant at) {
        return sensors.profile(SensorKind.TRAFFIC, segmentId, at.toEpochMilli());
    }

    /** Of incidents, and of congestion on a segment that lies on a corridor, the corridor decides. */
    private List<Rule> deciding(SubjectProfile profile, Instant start) {
        boolean liesOnCorridor = liesOnCorridor(profile);
        return rules.rulesFor(profile, start).stream()
                .filter(rule ->
                        rule.kind() == RuleKind.THRESHOLD || (rule.kind() == RuleKind.CONGESTION && !liesOnCorridor))
                .toList();
    }

    private Optional<List<Rule>> decidingUnlessRetired(SubjectProfile profile, Instant start) {
        return profile.isRetired() ? Optional.empty() : Optional.of(deciding(profile, start));
    }

    private static boolean liesOnCorridor(SubjectProfile profile) {
        return profile.corridorId() != null && profile.first(Sensor::corridorPositionM) != null;
    }

    @Override
    public @Nullable Observation part(TrafficSummary summary) {
        SubjectProfile profile = profile(summary.roadSegmentId(), summary.windowStart());
        String corridorId = profile.corridorId();
        return corridorId != null && liesOnCorridor(profile) ? SegmentPart.observation(corridorId, summary) : null;
    }

    private static EpisodeSubject subject(String segmentId, SubjectProfile profile) {
        String cityId = profile.cityId();
        return new EpisodeSubject(
                new Subject(SubjectType.ROAD_SEGMENT, segmentId, profile.name()),
                cityId == null ? "" : cityId,
                profile.location());
    }

    private static TrafficSummary summary(
            String segmentId,
            SubjectProfile profile,
            Instant start,
            SegmentMinute minute,
            FreeFlow learned,
            EffectiveLength length,
            double typicalKmh) {
        Double speed = Rounded.known(2, minute.speedKmh());
        Double density = Rounded.known(2, density(minute, length));
        Double configured = profile.first(Sensor::freeFlowSpeedKmh);
        Double freeFlow =
                configured != null ? configured : learned.speedKmh() == 0 ? null : Double.valueOf(learned.speedKmh());
        String baseline = configured != null ? FreeFlow.CONFIGURED : learned.baseline();
        double free = SegmentMinute.orNaN(freeFlow);
        double decided = minute.decides() ? SegmentMinute.orNaN(speed) : Double.NaN;
        double index = TravelTime.index(free, decided);
        double planning = learned.slowKmh() == 0 ? Double.NaN : TravelTime.planningTimeIndex(free, learned.slowKmh());
        double delay = TravelTime.vehicleDelayVehH(
                minute.flowPerHour() * PANE.toSeconds() / 3600,
                SegmentMinute.orNaN(profile.first(Sensor::lengthM)),
                decided,
                free);
        return new TrafficSummary(
                segmentId,
                profile.corridorId(),
                profile.cityId(),
                start,
                start.plus(PANE),
                1,
                true,
                minute.readings(),
                Rounded.known(1, minute.flowPerHour()),
                speed,
                Rounded.known(4, minute.occupancy()),
                density,
                freeFlow,
                baseline,
                Rounded.known(4, Math.min(1, decided / free)),
                Rounded.known(3, index),
                Rounded.known(3, planning),
                Rounded.known(1, TravelTime.congestionLevelPercent(index)),
                Rounded.known(3, delay),
                Rounded.known(1, typicalKmh),
                minute.travelTime() ? null : levelOfService(profile, speed, density, freeFlow),
                Rounded.to(3, minute.completeness()),
                minute.lowestTrust(),
                minute.sensorIds(),
                minute.excluded().isEmpty() ? null : minute.excluded());
    }

    /** By flow and speed; where nothing moves, by how much of the road is covered. */
    private static double density(SegmentMinute minute, EffectiveLength length) {
        double byFlow = minute.densityVehKmLane();
        return Double.isNaN(byFlow) && !minute.travelTime() ? length.densityVehKmLane(minute.occupancy()) : byFlow;
    }

    private static @Nullable String levelOfService(
            SubjectProfile profile, @Nullable Double speed, @Nullable Double density, @Nullable Double freeFlow) {
        if (profile.first(sensor -> sensor.facility()) == Facility.FREEWAY) {
            return density == null ? null : LevelOfService.freeway(density);
        }
        return speed == null || freeFlow == null ? null : LevelOfService.urbanStreet(speed, freeFlow);
    }

    @Override
    public Step<TrafficState, TrafficSummary> silence(String segmentId, TrafficState state, Instant from, Instant to) {
        Episodes.Next episodes = state.episodes()
                .silence(
                        subject(segmentId, profile(segmentId, from)),
                        from,
                        to,
                        PANE,
                        start -> decidingUnlessRetired(profile(segmentId, start), start));
        return new Step<>(state.with(episodes.episodes()), null, episodes.events());
    }

    /** Only where a reading is owed every minute does an empty minute say that something is missing. */
    @Override
    public int expectedAfter(String segmentId, Instant paneStart) {
        SubjectProfile profile = profile(segmentId, paneStart);
        boolean everyMinute = profile.isRegistered() && profile.expectedIntervalSeconds() <= PANE.toSeconds();
        return everyMinute
                ? -Math.floorDiv(-SILENT_AFTER_INTERVALS * profile.uploadIntervalSeconds(), (int) PANE.toSeconds())
                : 0;
    }

    @Override
    public List<CityEvent> openEpisodes(TrafficState state) {
        return state.episodes().open();
    }

    @Override
    public void forget(String segmentId) {
        sensors.forget(SensorKind.TRAFFIC, segmentId);
        rules.forget(SensorKind.TRAFFIC, segmentId);
    }

    @Override
    public long silentAfterMillis(String segmentId, Instant at) {
        return SILENT_AFTER_INTERVALS * 1000L * profile(segmentId, at).uploadIntervalSeconds();
    }

    @Override
    public long retiredSince(String segmentId) {
        return sensors.retiredSince(SensorKind.TRAFFIC, segmentId);
    }

    @Override
    public long retiredAt(String segmentId, long from, long to) {
        return sensors.retiredAt(SensorKind.TRAFFIC, segmentId, from, to);
    }

    @Override
    public long controlFingerprint(String segmentId, Instant upTo) {
        return sensors.fingerprint(SensorKind.TRAFFIC, segmentId, upTo.toEpochMilli()) * 31
                + rules.fingerprint(profile(segmentId, upTo), upTo.toEpochMilli());
    }

    @Override
    public long contentHash(TrafficSummary s) {
        long hash = mix(s.windowStart().toEpochMilli(), s.isFinal() ? 1 : 0);
        hash = mix(hash, s.readingCount());
        hash = mix(hash, s.vehicleFlowPerHour());
        hash = mix(hash, s.spaceMeanSpeedKmh());
        hash = mix(hash, s.occupancy());
        hash = mix(hash, s.densityVehKmLane());
        hash = mix(hash, s.freeFlowSpeedKmh());
        hash = mix(hash, s.baseline());
        hash = mix(hash, s.speedRatio());
        hash = mix(hash, s.travelTimeIndex());
        hash = mix(hash, s.planningTimeIndex());
        hash = mix(hash, s.vehicleDelayVehH());
        hash = mix(hash, s.typicalSpeedKmh());
        hash = mix(hash, s.levelOfService());
        hash = mix(hash, Double.doubleToLongBits(s.completeness()));
        hash = mix(hash, s.trust());
        hash = mix(hash, s.corridorId());
        hash = mix(hash, s.cityId());
        for (String sensor : s.sensors()) {
            hash = mix(hash, sensor);
        }
        hash = mix(hash, s.excluded() == null ? 0 : s.excluded().hashCode());
        return hash;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }

    private static long mix(long hash, @Nullable Double value) {
        return mix(hash, value == null ? 1 : Double.doubleToLongBits(value));
    }

    private static long mix(long hash, @Nullable String value) {
        return mix(hash, value == null ? 1 : value.hashCode());
    }

    @Override
    public Codec<TrafficState> codec() {
        return new TrafficStateCodec();
    }

    @Override
    public TrafficSummary revised(TrafficSummary summary, int revision, boolean isFinal) {
        return summary.revised(revision, isFinal);
    }
}
