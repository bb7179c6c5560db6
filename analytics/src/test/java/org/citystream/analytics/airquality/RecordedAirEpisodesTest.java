package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.citystream.analytics.airquality.RunsInFile.Run;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.AirQualitySummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded years through the fold: the figures that are known of them, and hour by hour the very runs that {@link RunsInFile}
 * finds in the files themselves.
 */
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
    private static final String OZONE = "beijing_ozone_episode_2015-07.csv";
    private static final String YEAR = "beijing_2015_full_year.csv.gz";
    private static final String LONDON_2003 = "marylebone_2003.csv";
    private static final String LONDON = "marylebone_1998_2005.csv.gz";
    /** µg/m³ at 20 °C. */
    private static final double NO2_PER_PPB = 1.9125;

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    /** An hour after the recording, so that what was open at its end closes there. */
    private static final double[] CLEAN = StationValues.of("no2UgM3", 1, "o3UgM3", 1, "so2UgM3", 1);

    @Test
    void beijingsOzoneInJuly2015IsAboveTheAlertFor283StationHours() {
        RunsInFile file = RunsInFile.beijing(OZONE);
        List<StationLife> stations = replay(RecordedAir.beijing(OZONE), OZONE_ALERT);

        assertThat(file.count("o3", value -> value > 240))
                .as("as published, at 0 °C")
                .isEqualTo(497);
        assertThat(summaries(stations).stream()
                        .filter(hour -> hour.o3UgM3() != null && hour.o3UgM3() > 240)
                        .count())
                .isEqualTo(283)
                .isEqualTo(file.count("o3", above(240)));
        assertThat(hours(runs(stations, "ozone-alert"))).isEqualTo(283);
        assertThat(runs(stations, "ozone-alert")).isEqualTo(file.runs("o3", above(240), 1));
    }

    @Test
    void beijingsWinterHasFourNitrogenDioxideAlertsAndNoneOfTheOldOnes() {
        RunsInFile file = RunsInFile.beijing(WINTER);
        List<StationLife> stations = replay(RecordedAir.beijing(WINTER), NO2_ALERT, OLD_NO2_ALERT, OLD_SO2_ALERT);

        assertThat(file.runs("no2", value -> value > 200, 3))
                .as("as published, at 0 °C")
                .hasSize(9);
        TreeSet<Run> runs = runs(stations, "no2-alert");
        assertThat(runs).hasSize(4).isEqualTo(file.runs("no2", above(200), 3));
        assertThat(hours(runs)).isEqualTo(13);
        assertThat(runs(stations, "old-no2-alert")).isEmpty();
        assertThat(runs(stations, "old-so2-alert")).isEmpty();
        assertThat(file.runs("no2", above(400), 3)).isEmpty();
        assertThat(file.runs("so2", above(500), 3)).isEmpty();
    }

    @Test
    void beijingsYear2015HasElevenNitrogenDioxideAlertsAndNoneOfTheOldOnes() {
        RunsInFile file = RunsInFile.beijing(YEAR);
        List<StationLife> stations = replay(RecordedAir.beijing(YEAR), NO2_ALERT, OLD_NO2_ALERT, OLD_SO2_ALERT);
        TreeSet<Run> runs = runs(stations, "no2-alert");

        assertThat(runs).hasSize(11).isEqualTo(file.runs("no2", above(200), 3));
        assertThat(hours(runs)).isEqualTo(38);
        assertThat(runs(stations, "old-no2-alert")).isEmpty();
        assertThat(runs(stations, "old-so2-alert")).isEmpty();
        assertThat(file.count("no2", value -> value > 400)).isZero();
        assertThat(file.count("so2", value -> value > 500)).isZero();
    }

    @Test
    void londonsKerbsideHas49NitrogenDioxideAlertsIn2003AndNoneOfTheOldOnes() {
        RunsInFile file = RunsInFile.marylebone(LONDON_2003);
        List<StationLife> stations =
                replay(RecordedAir.marylebone(LONDON_2003), NO2_ALERT, OLD_NO2_ALERT, OLD_SO2_ALERT);

        TreeSet<Run> runs = runs(stations, "no2-alert");
        assertThat(runs).hasSize(49).isEqualTo(file.runs("no2_ppb", ppb -> ppb * NO2_PER_PPB > 200, 3));
        assertThat(hours(runs)).isEqualTo(292);
        assertThat(runs(stations, "old-no2-alert")).isEmpty();
        assertThat(runs(stations, "old-so2-alert")).isEmpty();
        assertThat(file.count("no2_ppb", ppb -> ppb * NO2_PER_PPB > 393))
                .as("just below 400")
                .isPositive();
        assertThat(file.count("no2_ppb", ppb -> ppb * NO2_PER_PPB > 400)).isZero();
    }

    @Test
    void londonsKerbsideHas166NitrogenDioxideAlertsFrom1998To2005() {
        RunsInFile file = RunsInFile.marylebone(LONDON);
        TreeSet<Run> runs = runs(replay(RecordedAir.marylebone(LONDON), NO2_ALERT), "no2-alert");

        assertThat(runs).hasSize(166).isEqualTo(file.runs("no2_ppb", ppb -> ppb * NO2_PER_PPB > 200, 3));
        assertThat(file.runs("no2_ppb", ppb -> ppb > 104.6, 3))
                .as("the file holds whole ppb: 104.6 and 200/1.9125 = 104.575 part them alike")
                .isEqualTo(runs);
        assertThat(hours(runs)).isEqualTo(848);
        assertThat(runs)
                .filteredOn(run -> run.hours() >= 13)
                .extracting(run -> run.from().atOffset(ZoneOffset.UTC).toLocalDate(), Run::hours)
                .containsExactly(
                        tuple(LocalDate.of(2003, 9, 17), 17L),
                        tuple(LocalDate.of(2003, 11, 17), 13L),
                        tuple(LocalDate.of(2003, 12, 16), 13L));
    }

    /** A building site beside the monitor in August and September 1999: such dust is true, and stays in. */
    @Test
    void theDustOfLondonsBuildingSiteIn1999IsKeptHourByHourAndAsADay() {
        List<AirQualityReading> readings = RecordedAir.marylebone(LONDON).stream()
                .filter(reading -> reading.observedAt().isAfter(Instant.parse("1999-08-01T00:00:00Z"))
                        && reading.observedAt().isBefore(Instant.parse("1999-10-01T00:00:00Z")))
                .toList();
        Map<Instant, AirQualitySummary> hours =
                replay(readings, NO2_ALERT).get(0).summaries();

        AirQualitySummary worst = Objects.requireNonNull(hours.get(Instant.parse("1999-09-16T08:00:00Z")));
        assertThat(worst.pm10UgM3()).isEqualTo(801.0);
        assertThat(worst.lowerBounds()).isNull();
        AirQualitySummary lastOfDay = Objects.requireNonNull(hours.get(Instant.parse("1999-08-13T23:00:00Z")));
        assertThat(Objects.requireNonNull(lastOfDay.averages()))
                .extractingByKey("day")
                .satisfies(day -> assertThat(day.get("pm10")).isCloseTo(139.2, within(0.05)));
    }

    /** Means over all station-hours of a Beijing day, and the largest hour, as the episodes of that winter are described. */
    @ParameterizedTest
    @CsvSource({
        "2015-11-30, 310, 687",
        "2015-12-01, 473, 741",
        "2015-12-07, 178, 392",
        "2015-12-08, 243, 381",
        "2015-12-09, 241, 372",
        "2015-12-22, 287, 584",
        "2015-12-25, 466, 705",
        "2016-01-02, 254, 644",
        "2016-01-03, 257, 623"
    })
    void beijingsWinterIsAsBadAsItIsKnownToHaveBeen(LocalDate day, long mean, double largest) {
        DoubleSummaryStatistics pm25 = summaries(Winter.STATIONS).stream()
                .filter(hour -> hour.windowStart().atZone(BEIJING).toLocalDate().equals(day))
                .map(AirQualitySummary::pm25UgM3)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();

        assertThat(Math.round(pm25.getAverage())).isEqualTo(mean);
        assertThat(pm25.getMax()).isEqualTo(largest);
    }

    /** Replayed once for all days. */
    private static final class Winter {
        static final List<StationLife> STATIONS = replay(RecordedAir.beijing(WINTER), NO2_ALERT);
    }

    @Test
    void londonsKerbsideHas59DaysOfParticulatesAboveFiftyIn2003() {
        List<StationLife> stations = replay(
                RecordedAir.marylebone(LONDON_2003),
                "{id: dusty, kind: air-exceedance, pollutant: pm10, above: 50 ug/m3, averaging: day, consecutive-days: 1}");

        TreeSet<LocalDate> days = new TreeSet<>();
        for (Run run : runs(stations, "dusty")) {
            for (Instant day = run.from(); day.isBefore(run.to()); day = day.plus(Duration.ofDays(1))) {
                days.add(day.atOffset(ZoneOffset.UTC).toLocalDate());
            }
        }
        assertThat(days)
                .hasSize(59)
                .isEqualTo(RunsInFile.marylebone(LONDON_2003).days("pm10_ugm3", 50));
    }

    /** Beijing's gases are published at 0 °C; the limit holds at 20 °C. */
    private static DoublePredicate above(double limit) {
        return published -> published * 273.15 / 293.15 > limit;
    }

    @Test
    void noReadingIsLostOnTheWayIntoHours() {
        List<AirQualityReading> readings = RecordedAir.beijing(WINTER);
        List<StationLife> stations = Winter.STATIONS;

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

    private static TreeSet<Run> runs(Collection<StationLife> stations, String ruleId) {
        List<CityEvent> closed = stations.stream()
                .flatMap(station -> station.episodes().stream())
                .filter(event -> event.rule().id().equals(ruleId))
                .toList();
        assertThat(closed).extracting(CityEvent::transition).allMatch(transition -> transition == Transition.CLOSED);
        return closed.stream()
                .map(event -> new Run(event.subject().id(), event.startedAt(), Objects.requireNonNull(event.endedAt())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long hours(Collection<Run> runs) {
        return runs.stream().mapToLong(Run::hours).sum();
    }

    private static List<AirQualitySummary> summaries(Collection<StationLife> stations) {
        return stations.stream()
                .flatMap(station -> station.summaries().values().stream())
                .collect(Collectors.toList());
    }
}
