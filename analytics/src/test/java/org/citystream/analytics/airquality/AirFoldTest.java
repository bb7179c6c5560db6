package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citystream.analytics.pane.Intake;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One station, hour by hour. */
class AirFoldTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final StationLife station = new StationLife("air-1", List.of(), RuleCodec.defaultRules());

    @Test
    void readingsCountByTheTimeTheyCover() {
        measured(EIGHT.plus(Duration.ofMinutes(30)), Duration.ofMinutes(30), "no2UgM3", 20);
        measured(EIGHT.plus(Duration.ofMinutes(45)), Duration.ofMinutes(15), "no2UgM3", 40);
        measured(EIGHT.plus(Duration.ofMinutes(60)), Duration.ofMinutes(15), "no2UgM3", 80);

        assertThat(hour(EIGHT).no2UgM3()).isEqualTo(40.0);
        assertThat(hour(EIGHT).completeness()).containsExactly(Map.entry("no2", 1.0));
    }

    @Test
    void aReadingAcrossTheHourIsSharedByBothAndCountedInTheLater() {
        measured(EIGHT.plus(Duration.ofMinutes(50)), Duration.ofMinutes(50), "pm10UgM3", 30);
        measured(EIGHT.plus(Duration.ofMinutes(110)), HOUR, "pm10UgM3", 60);

        assertThat(hour(EIGHT).pm10UgM3()).isEqualTo(35.0);
        assertThat(hour(EIGHT).readingCount()).isEqualTo(1);
        assertThat(hour(EIGHT.plus(HOUR)).pm10UgM3()).isEqualTo(60.0);
        assertThat(hour(EIGHT.plus(HOUR)).readingCount()).isEqualTo(1);
        assertThat(hour(EIGHT.plus(HOUR)).completeness()).containsEntry("pm10", 0.833);
    }

    @ParameterizedTest
    @CsvSource({"44, false", "45, true", "60, true"})
    void aMeanNeedsThreeQuartersOfTheHour(int minutes, boolean valid) {
        for (int minute = 1; minute <= minutes; minute++) {
            measured(EIGHT.plus(MINUTE.multipliedBy(minute)), MINUTE, "pm25UgM3", 12);
        }
        assertThat(hour(EIGHT).pm25UgM3()).isEqualTo(valid ? 12.0 : null);
        assertThat(hour(EIGHT).completeness().get("pm25")).isEqualTo(minutes / 60.0, within(0.001));
    }

    @Test
    void aValueThatCannotBeTrueIsSetAside() {
        measured(EIGHT.plus(HOUR), HOUR, "pm25UgM3", -999, "no2UgM3", 30);

        assertThat(hour(EIGHT).pm25UgM3()).isNull();
        assertThat(hour(EIGHT).no2UgM3()).isEqualTo(30.0);
    }

    @Test
    void windFromBothSidesOfNorthComesFromTheNorth() {
        measured(EIGHT.plus(Duration.ofMinutes(30)), Duration.ofMinutes(30), "windDirectionDeg", 350);
        measured(EIGHT.plus(HOUR), Duration.ofMinutes(30), "windDirectionDeg", 10);

        assertThat(hour(EIGHT).windDirectionDeg()).isEqualTo(0.0);
    }

    @Test
    void gasesAreTurnedBackIntoPartsPerBillionAtTheTemperatureTheyWereStatedFor() {
        measured(EIGHT.plus(HOUR), HOUR, "no2UgM3", 100 * 1.9125, "o3UgM3", 30 * 1.9953);

        assertThat(hour(EIGHT).usAqi()).isEqualTo(100);
        assertThat(hour(EIGHT).usAqiPollutant()).isEqualTo("no2");
        assertThat(hour(EIGHT).usAqiCategory()).isEqualTo("moderate");
    }

    @Test
    void theNowCastLooksBackTwelveHoursThroughAGap() {
        double[] oldestFirst = {34.9, 43, 50, 64.9, 69.2, 66.2, 53.7, 48.6, 49.2, 35, Double.NaN, 21};
        for (int i = 0; i < oldestFirst.length; i++) {
            if (!Double.isNaN(oldestFirst[i])) {
                measured(EIGHT.plus(HOUR.multipliedBy(i + 1)), HOUR, "pm25UgM3", oldestFirst[i]);
            }
        }
        AirQualitySummary last = hour(EIGHT.plus(HOUR.multipliedBy(11)));
        assertThat(last.pm25NowCastUgM3()).isEqualTo(28.4);
        assertThat(last.usAqi()).isEqualTo(87);
    }

    @Test
    void aRunningHourIsToldEveryFiveMinutesAtMostAndThenSettled() {
        for (int minute = 1; minute <= 60; minute++) {
            measured(EIGHT.plus(MINUTE.multipliedBy(minute)), MINUTE, "pm25UgM3", minute);
        }
        settle();
        List<AirQualitySummary> told = station.told();
        assertThat(told).hasSize(13);
        assertThat(told.get(0).isFinal()).isFalse();
        assertThat(told.get(0).pm25UgM3()).isEqualTo(2.5);
        assertThat(told.get(0).completeness()).containsEntry("pm25", 0.066);
        assertThat(told.get(12)).satisfies(last -> {
            assertThat(last.isFinal()).isTrue();
            assertThat(last.pm25UgM3()).isEqualTo(30.5);
            assertThat(last.revision()).isEqualTo(13);
        });
    }

    @Test
    void anAlarmFollowsTheIndexWithHysteresisAndDwell() {
        int hour = 0;
        for (double no2 : new double[] {30, 70, 120, 70, 30, 70, 30, 20, 20}) {
            hour++;
            measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "no2UgM3", no2, "pm10UgM3", 5, "o3UgM3", 20);
        }
        settle();
        assertThat(station.events())
                .extracting(CityEvent::transition, CityEvent::severity, CityEvent::at)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Transition.OPENED, Severity.MODERATE, EIGHT.plus(Duration.ofHours(2))),
                        org.assertj.core.groups.Tuple.tuple(
                                Transition.ESCALATED, Severity.SEVERE, EIGHT.plus(Duration.ofHours(3))),
                        org.assertj.core.groups.Tuple.tuple(
                                Transition.DEESCALATED, Severity.MODERATE, EIGHT.plus(Duration.ofHours(5))),
                        org.assertj.core.groups.Tuple.tuple(
                                Transition.CLOSED, Severity.MODERATE, EIGHT.plus(Duration.ofHours(8))));
        assertThat(station.episodes().get(0).endedAt()).isEqualTo(EIGHT.plus(Duration.ofHours(6)));
        assertThat(station.events().get(0).summary())
                .isEqualTo("European air quality index at air-1 is poor, because of NO2");
        assertThat(station.events()
                        .get(0)
                        .evidence()
                        .path("observed")
                        .path("value")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void anExceedanceIsStrictlyAboveAndAMissingHourEndsTheRun() {
        int hour = 0;
        for (double no2 : new double[] {201, 201, 200, 201, 201, Double.NaN, 201, 201, 201, 201, Double.NaN, 201}) {
            hour++;
            if (Double.isNaN(no2)) {
                measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "temperatureC", 8);
            } else {
                measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "no2UgM3", no2);
            }
        }
        settle();
        assertThat(no2Alerts(station)).singleElement().satisfies(alert -> {
            assertThat(alert.startedAt()).isEqualTo(EIGHT.plus(Duration.ofHours(6)));
            assertThat(alert.endedAt()).isEqualTo(EIGHT.plus(Duration.ofHours(10)));
        });
    }

    @Test
    void aStationThatFallsSilentDuringAnExceedanceGoesStaleAndIsNotClosed() {
        for (int hour = 1; hour <= 3; hour++) {
            measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "no2UgM3", 250);
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(12)));
        assertThat(no2Alerts(station)).singleElement().satisfies(alert -> {
            assertThat(alert.transition()).isEqualTo(Transition.STALE);
            assertThat(alert.endedAt()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lateRepeatedAndShuffledReadingsEndInTheSameHoursAndEpisodes(long seed) {
        Random random = new Random(seed);
        List<Instant> ends = new ArrayList<>();
        Map<Instant, double[]> values = new TreeMap<>();
        for (int quarter = 1; quarter <= 4 * 20; quarter++) {
            Instant end = EIGHT.plus(Duration.ofMinutes(15L * quarter));
            ends.add(end);
            double bad = quarter > 24 && quarter < 60 ? 180 : 0;
            values.put(
                    end,
                    StationLife.values(
                            "no2UgM3",
                            bad + random.nextInt(600) / 10.0,
                            "pm25UgM3",
                            random.nextInt(900) / 10.0,
                            "o3UgM3",
                            random.nextInt(2000) / 10.0,
                            "windDirectionDeg",
                            random.nextInt(360)));
        }
        StationLife live = new StationLife("air-1", List.of(), RuleCodec.defaultRules());
        ends.forEach(end -> live.reading("air-1", end, Duration.ofMinutes(15), at(values, end), end.plusSeconds(3)));

        List<Instant> shuffled = new ArrayList<>(ends);
        shuffled.addAll(ends.subList(10, 40));
        Collections.shuffle(shuffled, random);
        StationLife messy = new StationLife("air-1", List.of(), RuleCodec.defaultRules());
        Instant clock = EIGHT.plus(Duration.ofHours(20));
        for (Instant end : shuffled) {
            clock = clock.plusSeconds(random.nextInt(300));
            messy.reading("air-1", end, Duration.ofMinutes(15), at(values, end), clock);
        }

        Instant later = EIGHT.plus(Duration.ofHours(40));
        live.clockAt(later);
        messy.clockAt(later);
        assertThat(settledHours(messy)).as("seed " + seed).isEqualTo(settledHours(live));
        assertThat(finalEpisodes(messy)).as("seed " + seed).isEqualTo(finalEpisodes(live));
        assertThat(finalEpisodes(live)).isNotEmpty();
        assertThat(messy.intakes().stream().filter(Intake.DUPLICATE::equals)).hasSize(30);
    }

    /** Without what tells how it was told: revision, and the ids that follow from it. */
    private static Map<Instant, String> settledHours(StationLife life) {
        return life.summaries().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(JsonCodec.write(entry.getValue()), java.nio.charset.StandardCharsets.UTF_8)
                                .replaceFirst("\"revision\":[0-9]+", ""),
                        (a, b) -> b,
                        TreeMap::new));
    }

    private static List<String> finalEpisodes(StationLife life) {
        return life.episodes().stream()
                .filter(episode -> episode.transition() != Transition.WITHDRAWN)
                .map(episode -> episode.episodeId() + " " + episode.severity() + " " + episode.startedAt() + " "
                        + episode.endedAt() + " " + episode.evidence())
                .sorted()
                .toList();
    }

    private static List<CityEvent> no2Alerts(StationLife life) {
        return life.episodes().stream()
                .filter(event -> event.rule().id().equals("no2-alert"))
                .toList();
    }

    private void measured(Instant observedAt, Duration period, Object... fieldsAndValues) {
        station.reading("air-1", observedAt, period, StationLife.values(fieldsAndValues), observedAt);
    }

    private AirQualitySummary hour(Instant start) {
        settle();
        return at(station.summaries(), start);
    }

    private static <V> V at(Map<Instant, V> map, Instant key) {
        return Objects.requireNonNull(map.get(key), key::toString);
    }

    private void settle() {
        station.clockAt(EIGHT.plus(Duration.ofHours(14)));
    }

    /** Keeps the rules in sight: these tests rest on the default ones. */
    @Test
    void theDefaultRulesAreTheOnesMeantHere() {
        assertThat(RuleCodec.defaultRules()).extracting(Rule::id).contains("no2-alert", "european-index-poor");
    }
}
