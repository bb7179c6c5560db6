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
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
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
    void aStationAtTheEdgeOfACategoryDoesNotFlap() {
        for (int hour = 1; hour <= 12; hour++) {
            measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "no2UgM3", hour % 2 == 0 ? 59.9 : 60.1);
        }
        for (int hour = 13; hour <= 24; hour++) {
            measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "no2UgM3", hour % 2 == 0 ? 99.9 : 100.1);
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(25)));

        assertThat(station.events())
                .extracting(CityEvent::transition, CityEvent::severity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Transition.OPENED, Severity.MODERATE),
                        org.assertj.core.groups.Tuple.tuple(Transition.ESCALATED, Severity.SEVERE));
    }

    @Test
    void aRiseOutOfTheStationsOwnNoiseIsAnEpisodeUntilItEases() throws Exception {
        StationLife rising = new StationLife("air-1", List.of(), List.of(rule("""
                        id: pm-rise
                        kind: air-rapid-rise
                        pollutant: pm25
                        rise: {at-least: 20 ug/m3, within: PT3H, sigmas: 4}
                        severity: severe
                        """)));
        int hour = 0;
        for (double pm25 : new double[] {10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 22, 32, 42, 44, 44, 44}) {
            hour++;
            Instant end = EIGHT.plus(HOUR.multipliedBy(hour));
            rising.reading("air-1", end, HOUR, StationValues.of("pm25UgM3", pm25), end);
        }
        rising.clockAt(EIGHT.plus(HOUR.multipliedBy(hour)).plusSeconds(100));

        assertThat(rising.events())
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.CLOSED);
        CityEvent opened = rising.events().get(0);
        assertThat(opened.severity()).isEqualTo(Severity.SEVERE);
        assertThat(opened.startedAt()).isEqualTo(EIGHT.plus(Duration.ofHours(14)));
        assertThat(opened.summary())
                .isEqualTo("PM2.5 at air-1 rises by 25 µg/m³ within 3 h; it usually changes by 3 µg/m³");
        assertThat(opened.evidence().path("observed").path("value").asDouble()).isEqualTo(25.0);
        assertThat(opened.evidence().path("observed").path("noise").asDouble()).isEqualTo(2.965);
        assertThat(opened.evidence().path("threshold").path("sigmas").asDouble())
                .isEqualTo(4.0);
    }

    private static Rule rule(String document) throws Exception {
        return RuleCodec.readDocument(document).get(0).withVersion(1, Instant.EPOCH);
    }

    @Test
    void anInstrumentAtTheEndOfItsRangeGivesALowerBoundAndEndsNothing() throws Exception {
        StationLife saturated = new StationLife(
                "air-1",
                List.of(),
                List.of(
                        rule(
                                "{id: high, kind: air-exceedance, pollutant: pm25, above: 300 ug/m3, consecutive-hours: 1}"),
                        rule(
                                "{id: higher, kind: air-exceedance, pollutant: pm25, above: 1200 ug/m3, consecutive-hours: 1}")));
        int hour = 0;
        for (double pm25 : new double[] {1250, 999, 1300, 400}) {
            hour++;
            Instant end = EIGHT.plus(HOUR.multipliedBy(hour));
            saturated.reading("air-1", end, HOUR, StationValues.of("pm25UgM3", pm25), end);
        }
        saturated.clockAt(EIGHT.plus(HOUR.multipliedBy(hour)).plusSeconds(100));

        AirQualitySummary second = at(saturated.summaries(), EIGHT.plus(HOUR));
        assertThat(second.pm25UgM3()).isEqualTo(999.0);
        assertThat(second.lowerBounds()).containsExactly("pm25");
        assertThat(at(saturated.summaries(), EIGHT).lowerBounds()).isNull();
        assertThat(saturated.events())
                .extracting(event -> event.rule().id(), CityEvent::transition, CityEvent::at)
                .as("999 or more may still be above 1200")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("high", Transition.OPENED, EIGHT.plus(HOUR)),
                        org.assertj.core.groups.Tuple.tuple("higher", Transition.OPENED, EIGHT.plus(HOUR)),
                        org.assertj.core.groups.Tuple.tuple(
                                "higher", Transition.CLOSED, EIGHT.plus(HOUR.multipliedBy(4))));

        StationLife alone = new StationLife(
                "air-1",
                List.of(),
                List.of(rule(
                        "{id: high, kind: air-exceedance, pollutant: pm25, above: 300 ug/m3, consecutive-hours: 1}")));
        alone.reading("air-1", EIGHT.plus(HOUR), HOUR, StationValues.of("pm25UgM3", 999), EIGHT.plus(HOUR));
        alone.clockAt(EIGHT.plus(HOUR).plusSeconds(100));
        assertThat(alone.events()).singleElement().satisfies(event -> {
            assertThat(event.summary())
                    .isEqualTo(
                            "PM2.5 at air-1: at least 999 µg/m³ over one hour, limit 300 µg/m³ for 1 consecutive hour");
            assertThat(event.evidence().path("observed").path("lowerBound").asBoolean())
                    .isTrue();
        });
    }

    @Test
    void meansOverEightHoursADayAndTwentyFourHoursNeedThreeQuartersOfThem() {
        Instant midnight = Instant.parse("2026-11-24T00:00:00Z");
        for (int hour = 1; hour <= 16; hour++) {
            measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "pm10UgM3", 10 * hour, "o3UgM3", hour == 15 ? 90 : 60);
        }
        station.clockAt(midnight.plus(Duration.ofHours(9)));

        assertThat(averages(EIGHT.plus(HOUR.multipliedBy(4)))).isNull();
        assertThat(averages(EIGHT.plus(HOUR.multipliedBy(5))))
                .containsOnlyKeys("8h")
                .containsEntry("8h", Map.of("pm10", 35.0, "o3", 60.0));
        assertThat(averages(EIGHT.plus(HOUR.multipliedBy(15))))
                .as("16 hours of the day are not enough")
                .containsOnlyKeys("8h")
                .containsEntry("8h", Map.of("pm10", 125.0, "o3", 63.75));

        for (int hour = 17; hour <= 40; hour++) {
            measured(EIGHT.plus(HOUR.multipliedBy(hour)), HOUR, "pm10UgM3", hour > 38 ? 48 : hour % 2 == 0 ? 23 : 25);
        }
        station.clockAt(midnight.plus(Duration.ofHours(25)));
        assertThat(averages(midnight.plus(HOUR.multipliedBy(23))))
                .containsEntry("24h", Map.of("pm10", 26.0))
                .containsEntry("day", Map.of("pm10", 26.0));
    }

    private @Nullable Map<String, Map<String, Double>> averages(Instant start) {
        return at(station.summaries(), start).averages();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Copenhagen, 2026-03-28T23:00:00Z, 23",
        "Europe/Copenhagen, 2026-10-24T22:00:00Z, 25",
        "Europe/Copenhagen, 2026-11-22T23:00:00Z, 24",
        "Asia/Kolkata, 2026-11-22T18:00:00Z, 24"
    })
    void aCalendarDayIsThatOfTheStationAndDecidedWhenItIsOver(String zone, Instant day, int hours) throws Exception {
        StationLife local = new StationLife(
                "air-1",
                List.of(sensor(zone)),
                List.of(rule("{id: day, kind: air-exceedance, pollutant: pm10, above: 45 ug/m3, averaging: day, "
                        + "consecutive-days: 1}")));
        for (int hour = 1; hour <= 72; hour++) {
            Instant end = day.plus(HOUR.multipliedBy(hour - 24L));
            boolean within = hour > 24 && hour <= 24 + hours;
            // The last three hours of the day are missing.
            if (hour <= 21 + hours || hour > 24 + hours) {
                local.reading(
                        "air-1",
                        end,
                        HOUR,
                        StationValues.of("pm10UgM3", (within ? 46 : 44) + (hour % 2 == 0 ? 0.4 : -0.4)),
                        end);
            }
        }
        local.clockAt(day.plus(Duration.ofHours(60)));

        assertThat(local.episodes()).singleElement().satisfies(episode -> {
            assertThat(episode.startedAt()).isEqualTo(day);
            assertThat(episode.endedAt()).isEqualTo(day.plus(HOUR.multipliedBy(hours)));
        });
        assertThat(local.events().get(0).at()).isEqualTo(day.plus(HOUR.multipliedBy(hours)));
        assertThat(local.events().get(0).summary())
                .isEqualTo("PM10 at air-1: 46 µg/m³ over the day, limit 45 µg/m³ for 1 consecutive day");
    }

    private static Sensor sensor(String zone) {
        return JsonCodec.read(
                ("{\"sensorId\":\"air-1\",\"kind\":\"air\",\"cityId\":\"testville\",\"expectedIntervalSeconds\":3600,\"timeZone\":\""
                                + zone + "\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Sensor.class);
    }

    /** The same day once as it happens, and once uploaded whole after 24 hours without a connection. */
    @ParameterizedTest
    @ValueSource(ints = {1, 60, 900, 3600})
    void aDayUploadedAtOnceGivesWhatLiveDeliveryGives(int periodSeconds) {
        Duration period = Duration.ofSeconds(periodSeconds);
        Duration day = periodSeconds == 1 ? Duration.ofHours(2) : Duration.ofHours(24);
        Random random = new Random(periodSeconds);
        StationLife live = new StationLife("air-1", List.of(), RuleCodec.defaultRules());
        StationLife offline = new StationLife("air-1", List.of(), RuleCodec.defaultRules());
        Instant reconnected = EIGHT.plus(Duration.ofHours(24));
        for (Instant end = EIGHT.plus(period); !end.isAfter(EIGHT.plus(day)); end = end.plus(period)) {
            long hour = Duration.between(EIGHT, end.minusMillis(1)).toHours();
            double[] values = StationValues.of(
                    "no2UgM3", (hour % 8 < 4 ? 205 : 20) + random.nextInt(100) / 10.0,
                    "pm25UgM3", random.nextInt(900) / 10.0,
                    "o3UgM3", random.nextInt(2000) / 10.0);
            live.reading("air-1", end, period, values, end.plusSeconds(1));
            offline.reading("air-1", end, period, values, reconnected);
        }

        live.clockAt(EIGHT.plus(Duration.ofHours(40)));
        offline.clockAt(EIGHT.plus(Duration.ofHours(40)));
        assertThat(live.summaries()).hasSize((int) day.toHours());
        assertThat(live.summaries().values())
                .allSatisfy(hour -> assertThat(hour.completeness()).containsEntry("no2", 1.0));
        assertThat(settledHours(offline)).isEqualTo(settledHours(live));
        assertThat(finalEpisodes(offline)).isEqualTo(finalEpisodes(live)).isNotEmpty();
        assertThat(offline.intakes()).containsOnly(Intake.COUNTED);
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
                    StationValues.of(
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
        station.reading("air-1", observedAt, period, StationValues.of(fieldsAndValues), observedAt);
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
