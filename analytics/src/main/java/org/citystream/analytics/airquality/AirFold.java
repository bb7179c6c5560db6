package org.citystream.analytics.airquality;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.analytics.airquality.Assessment.Station;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleKind;

/** Decides about an air station, clock hour by clock hour: means, indices, index levels and exceedances. */
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
    public Step<AirState, AirHour> next(String stationId, AirState state, Instant start, Pane pane) {
        SubjectProfile profile = profile(stationId, start);
        Station station = new Station(stationId, profile.cityId(), profile.first(sensor -> sensor.setting()));
        HourlyMeans hour = new HourlyMeans(pane);
        Assessment settled = Assessment.of(Assessment.settled(hour), state.hours(), start, station.setting());
        AirPolicy policy = new AirPolicy(stationId, pane, settled, hour);
        Episodes.Next episodes = state.episodes()
                .next(subject(profile), airRules(profile, start), start, start.plus(PANE), policy::judge);
        AirState next = new AirState(settled.recent(), episodes.episodes());
        if (pane.isEmpty()) {
            return new Step<>(next, null, episodes.events());
        }
        AirHour told = new AirHour(
                settled.summary(station, start, pane.readings(), hour),
                () -> Assessment.of(Assessment.running(hour), state.hours(), start, station.setting())
                        .summary(station, start, pane.readings(), hour));
        return new Step<>(next, told, episodes.events());
    }

    private SubjectProfile profile(String stationId, Instant at) {
        return sensors.profile(SensorKind.AIR, stationId, at.toEpochMilli());
    }

    private List<Rule> airRules(SubjectProfile profile, Instant start) {
        return rules.rulesFor(profile, start).stream()
                .filter(rule -> rule.kind() == RuleKind.AIR_INDEX || rule.kind() == RuleKind.AIR_EXCEEDANCE)
                .toList();
    }

    private static EpisodeSubject subject(SubjectProfile profile) {
        String cityId = profile.cityId();
        return new EpisodeSubject(
                new Subject(SubjectType.STATION, profile.subjectId(), profile.name()),
                cityId == null ? "" : cityId,
                profile.location());
    }

    /** One silent hour is folded, because it ends a run of consecutive hours; it is not told. */
    @Override
    public int expectedAfter(String stationId, Instant paneStart) {
        return 1;
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
    public long silentAfterMillis(String stationId, Instant at) {
        SubjectProfile profile = profile(stationId, at);
        Duration upload = profile.isRegistered()
                ? Duration.ofSeconds(profile.uploadIntervalSeconds())
                : UNREGISTERED_UPLOAD_INTERVAL;
        return upload.multipliedBy(SILENT_AFTER_INTERVALS).toMillis();
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
