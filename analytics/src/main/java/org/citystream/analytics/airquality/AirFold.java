package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.analytics.airquality.Assessment.Station;
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
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.MetricFamily;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** Decides about an air station, clock hour by clock hour: means, indices, index levels, exceedances, rises, thresholds. */
public final class AirFold implements PaneFold<AirState, AirHour> {
    /** Length of a pane. */
    public static final Duration PANE = Duration.ofHours(1);

    private static final int SILENT_AFTER_INTERVALS = 3;
    /** Hourly stations are the rule; who is not registered is given three hours. */
    private static final Duration UNREGISTERED_UPLOAD_INTERVAL = Duration.ofHours(1);

    private final SensorLog sensors;
    private final RuleBook rules;

    /** Over a registry and rules that somebody else keeps up to date. */
    public AirFold(SensorLog sensors, RuleBook rules) {
        this.sensors = sensors;
        this.rules = rules;
    }

    @Override
    public AirState initial() {
        return AirState.INITIAL;
    }

    @Override
    public String readingsTopic() {
        return Topics.READINGS_AIR.name();
    }

    @Override
    public Step<AirState, AirHour> next(String stationId, AirState state, Instant start, Pane everything) {
        SubjectProfile profile = profile(stationId, start);
        if (profile.isRetired()) {
            return new Step<>(
                    initial(),
                    next(stationId, profile, initial(), start, everything).summary(),
                    state.episodes().retired(start).events());
        }
        return next(stationId, profile, state, start, everything);
    }

    private Step<AirState, AirHour> next(
            String stationId, SubjectProfile profile, AirState state, Instant start, Pane everything) {
        Pane pane = everything.only(profile::counts);
        Station station = new Station(stationId, profile.cityId(), profile.first(sensor -> sensor.setting()));
        AirRepeats repeats = state.repeats().with(pane, profile, start.toEpochMilli());
        AirDoubts doubts = AirDoubts.of(pane, profile, repeats, start.plus(PANE).toEpochMilli());
        HourlyMeans hour = new HourlyMeans(pane, doubts);
        HourSources sources = new HourSources(pane, profile, hour, doubts);
        Assessment settled = assessed(Assessment.settled(hour), hour, state, start, station);
        StationHour means = StationHour.of(settled, start, profile.zone(), pane.isEmpty());
        AirQualitySummary summary =
                pane.isEmpty() ? null : settled.summary(station, start, pane.readings(), hour, means.averages());
        AirPolicy policy = new AirPolicy(stationId, pane, settled, means, sources, start);
        List<Rule> deciding = rules.rulesFor(profile, start);
        Windows windows = state.windows()
                .next(deciding, start, start.plus(PANE), ThresholdPolicy.values(MetricFamily.AIR, summary));
        ThresholdPolicy thresholds = new ThresholdPolicy(
                stationId,
                MetricFamily.AIR,
                windows,
                start.plus(PANE),
                Duration.ofSeconds(profile.expectedIntervalSeconds()),
                sources::addTo);
        Episodes.Next episodes = state.episodes()
                .next(
                        subject(profile),
                        deciding,
                        start,
                        start.plus(PANE),
                        rule -> rule.condition() instanceof Condition.Threshold threshold
                                ? thresholds.judge(rule, threshold)
                                : policy.judge(rule));
        AirState next = new AirState(settled.recent(), repeats, windows, episodes.episodes());
        if (summary == null) {
            return new Step<>(next, null, episodes.events());
        }
        AirHour told = new AirHour(
                summary,
                profile.districtId(),
                () -> assessed(Assessment.running(hour), hour, state, start, station)
                        .summary(station, start, pane.readings(), hour, null));
        return new Step<>(next, told, episodes.events());
    }

    private static Assessment assessed(
            Map<Pollutant, BigDecimal> means, HourlyMeans hour, AirState state, Instant start, Station station) {
        return Assessment.of(means, Assessment.lowerBounds(means, hour), state.hours(), start, station.setting());
    }

    private SubjectProfile profile(String stationId, Instant at) {
        return sensors.profile(SensorKind.AIR, stationId, at.toEpochMilli());
    }

    private static EpisodeSubject subject(SubjectProfile profile) {
        String cityId = profile.cityId();
        return new EpisodeSubject(
                new Subject(SubjectType.STATION, profile.subjectId(), profile.name()),
                cityId == null ? "" : cityId,
                profile.location());
    }

    @Override
    public Step<AirState, AirHour> silence(String stationId, AirState state, Instant from, Instant to) {
        Episodes.Next episodes = state.episodes()
                .silence(
                        subject(profile(stationId, from)),
                        from,
                        to,
                        PANE,
                        start -> decidingUnlessRetired(profile(stationId, start), start));
        return new Step<>(
                new AirState(state.hours(), state.repeats(), state.windows(), episodes.episodes()),
                null,
                episodes.events());
    }

    private Optional<List<Rule>> decidingUnlessRetired(SubjectProfile profile, Instant start) {
        return profile.isRetired() ? Optional.empty() : Optional.of(rules.rulesFor(profile, start));
    }

    /**
     * One silent hour is folded, because it ends a run of consecutive hours, and those up to the end of the calendar day,
     * because its mean is due then; they are not told.
     */
    @Override
    public int expectedAfter(String stationId, Instant paneStart) {
        return Math.max(
                1, LocalDay.hoursLeft(paneStart, profile(stationId, paneStart).zone()) - 1);
    }

    @Override
    public @Nullable Observation part(AirHour hour) {
        return hour.part();
    }

    @Override
    public List<CityEvent> openEpisodes(AirState state) {
        return state.episodes().open();
    }

    @Override
    public AirHour revised(AirHour hour, int revision, boolean isFinal) {
        return hour.told(revision, isFinal);
    }

    @Override
    public void forget(String stationId) {
        sensors.forget(SensorKind.AIR, stationId);
        rules.forget(SensorKind.AIR, stationId);
    }

    @Override
    public long silentAfterMillis(String stationId, Instant at) {
        SubjectProfile profile = profile(stationId, at);
        Duration upload = profile.isRegistered()
                ? Duration.ofSeconds(profile.uploadIntervalSeconds())
                : UNREGISTERED_UPLOAD_INTERVAL;
        return upload.multipliedBy(SILENT_AFTER_INTERVALS).toMillis();
    }

    @Override
    public long retiredSince(String stationId) {
        return sensors.retiredSince(SensorKind.AIR, stationId);
    }

    @Override
    public long retiredAt(String stationId, long from, long to) {
        return sensors.retiredAt(SensorKind.AIR, stationId, from, to);
    }

    @Override
    public long controlFingerprint(String stationId, Instant upTo) {
        return sensors.fingerprint(SensorKind.AIR, stationId, upTo.toEpochMilli()) * 31
                + rules.fingerprint(profile(stationId, upTo), upTo.toEpochMilli());
    }

    @Override
    public Codec<AirState> codec() {
        return new AirStateCodec();
    }
}
