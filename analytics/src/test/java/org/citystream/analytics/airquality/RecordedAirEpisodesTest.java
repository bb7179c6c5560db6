package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.AirQualitySummary;
import org.junit.jupiter.api.Test;

/** Recorded years through the fold, against figures that were counted from the files by other means. */
class RecordedAirEpisodesTest {
    private static final String NO2_ALERT =
            "{id: no2-alert, kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 3}";
    private static final String OLD_NO2_ALERT =
            "{id: old-no2-alert, kind: air-exceedance, pollutant: no2, above: 400 ug/m3, consecutive-hours: 3}";
    private static final String OLD_SO2_ALERT =
            "{id: old-so2-alert, kind: air-exceedance, pollutant: so2, above: 500 ug/m3, consecutive-hours: 3}";
    private static final String OZONE_ALERT =
            "{id: ozone-alert, kind: air-exceedance, pollutant: o3, above: 240 ug/m3, consecutive-hours: 1}";

    private static final String WINTER = "beijing_winter_episode_2015-11-25_2016-01-05.csv";

    /** An hour after the recording, so that what was open at its end closes there. */
    private static final double[] CLEAN = StationLife.values("no2UgM3", 1, "o3UgM3", 1, "so2UgM3", 1);

    /** Episodes of one rule. */
    private record Runs(int runs, long hours) {}

    @Test
    void beijingsOzoneInJuly2015IsAboveTheAlertFor283StationHours() {
        List<StationLife> stations = replay(RecordedAir.beijing("beijing_ozone_episode_2015-07.csv"), OZONE_ALERT);

        assertThat(summaries(stations).stream()
                        .filter(hour -> hour.o3UgM3() != null && hour.o3UgM3() > 240)
                        .count())
                .isEqualTo(283);
        assertThat(runs(stations, "ozone-alert").hours()).isEqualTo(283);
    }

    @Test
    void beijingsWinterHasFourNitrogenDioxideAlertsAndNoneOfTheOldOnes() {
        List<StationLife> stations = replay(RecordedAir.beijing(WINTER), NO2_ALERT, OLD_NO2_ALERT, OLD_SO2_ALERT);

        assertThat(runs(stations, "no2-alert")).isEqualTo(new Runs(4, 13));
        assertThat(runs(stations, "old-no2-alert")).isEqualTo(new Runs(0, 0));
        assertThat(runs(stations, "old-so2-alert")).isEqualTo(new Runs(0, 0));
    }

    @Test
    void beijingsYear2015HasElevenNitrogenDioxideAlerts() {
        assertThat(runs(replay(RecordedAir.beijing("beijing_2015_full_year.csv.gz"), NO2_ALERT), "no2-alert"))
                .isEqualTo(new Runs(11, 38));
    }

    @Test
    void londonsKerbsideHas49NitrogenDioxideAlertsIn2003AndNoneOfTheOldOnes() {
        List<StationLife> stations =
                replay(RecordedAir.marylebone("marylebone_2003.csv"), NO2_ALERT, OLD_NO2_ALERT, OLD_SO2_ALERT);

        assertThat(runs(stations, "no2-alert")).isEqualTo(new Runs(49, 292));
        assertThat(runs(stations, "old-no2-alert")).isEqualTo(new Runs(0, 0));
        assertThat(runs(stations, "old-so2-alert")).isEqualTo(new Runs(0, 0));
    }

    @Test
    void londonsKerbsideHas166NitrogenDioxideAlertsFrom1998To2005() {
        assertThat(runs(replay(RecordedAir.marylebone("marylebone_1998_2005.csv.gz"), NO2_ALERT), "no2-alert"))
                .isEqualTo(new Runs(166, 848));
    }

    @Test
    void noReadingIsLostOnTheWayIntoHours() {
        List<AirQualityReading> readings = RecordedAir.beijing(WINTER);
        List<StationLife> stations = replay(readings, NO2_ALERT);

        assertThat(summaries(stations).stream()
                        .mapToInt(AirQualitySummary::readingCount)
                        .sum())
                .isEqualTo(readings.size() + stations.size());
        assertThat(summaries(stations)).allMatch(hour -> hour.revision() == 1 || hour.isFinal());
    }

    private static List<StationLife> replay(List<AirQualityReading> readings, String... rules) {
        Map<String, StationLife> stations = new LinkedHashMap<>();
        for (AirQualityReading reading : readings) {
            stations.computeIfAbsent(reading.sensorId(), id -> StationLife.quick(id, rules(rules)))
                    .reading(
                            reading.sensorId(),
                            reading.observedAt(),
                            Duration.ofHours(1),
                            RecordedAir.values(reading),
                            reading.observedAt().plusSeconds(2));
        }
        Instant end = readings.get(readings.size() - 1).observedAt();
        stations.forEach((id, station) -> {
            station.reading(id, end.plus(AirFold.PANE), AirFold.PANE, CLEAN, end.plus(AirFold.PANE));
            station.clockAt(end.plus(Duration.ofHours(3)));
        });
        return new ArrayList<>(stations.values());
    }

    private static List<Rule> rules(String... rules) {
        try {
            return RuleCodec.readDocument("[" + String.join(",", rules) + "]").stream()
                    .map(rule -> rule.withVersion(1, Instant.EPOCH))
                    .toList();
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    private static Runs runs(Collection<StationLife> stations, String ruleId) {
        List<CityEvent> closed = stations.stream()
                .flatMap(station -> station.episodes().stream())
                .filter(event -> event.rule().id().equals(ruleId))
                .toList();
        assertThat(closed).extracting(CityEvent::transition).allMatch(transition -> transition == Transition.CLOSED);
        return new Runs(
                closed.size(),
                closed.stream()
                        .mapToLong(event -> Duration.between(event.startedAt(), event.endedAt())
                                .toHours())
                        .sum());
    }

    private static List<AirQualitySummary> summaries(Collection<StationLife> stations) {
        return stations.stream()
                .flatMap(station -> station.summaries().values().stream())
                .collect(Collectors.toList());
    }
}
