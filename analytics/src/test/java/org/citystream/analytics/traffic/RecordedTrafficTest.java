package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.testsupport.RecordedData;
import org.junit.jupiter.api.Test;

/** Recorded traffic through the fold: what must be found, and what must not. */
class RecordedTrafficTest {
    private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");

    /** Thirty hours of flowing motorway around Eindhoven, 19 lanes, each minute: nothing may be called congestion. */
    @Test
    void aMotorwayThatFlowsIsNeverCalledCongested() throws IOException {
        Path directory = RecordedData.require("ndw-eindhoven");
        TrafficCity city = TrafficCity.withDefaultRules().onHeap();
        Map<String, Detector> sites = new HashMap<>();
        for (CSVRecord row : rows(directory.resolve("sites.csv"))) {
            Detector site =
                    Detector.onFreeway(row.get("site"), 0).learning().withLanes(Integer.parseInt(row.get("num_lanes")));
            sites.put(row.get("site"), site);
            city.with(site.registered("Europe/Amsterdam"));
        }
        List<Observation> readings = new ArrayList<>();
        for (CSVRecord row : rows(directory.resolve("ndw_minute.csv"))) {
            Instant start = LocalDateTime.parse(row.get("timestamp")).toInstant(ZoneOffset.UTC);
            readings.add(Objects.requireNonNull(sites.get(row.get("site")))
                    .reads(
                            start.plusSeconds(60),
                            60,
                            Integer.parseInt(row.get("lane").replace("lane", "")),
                            Double.parseDouble(row.get("flow_vph")) / 60,
                            Double.parseDouble(row.get("speed_kmh")),
                            Double.NaN));
        }
        play(city, readings);

        assertThat(city.intake(Intake.COUNTED)).isEqualTo(34_200);
        assertThat(city.events()).isEmpty();
        assertThat(city.summaries().stream()
                        .mapToInt(summary -> summary.readingCount())
                        .sum())
                .isEqualTo(34_200);
        assertThat(city.summaries())
                .filteredOn(summary -> summary.speedRatio() != null)
                .as("free flow is learned within the first hours")
                .hasSizeGreaterThan(15_000)
                .allSatisfy(summary -> assertThat(summary.speedRatio()).isGreaterThan(0.6));
    }

    /** A week of Aarhus by matched Bluetooth devices: the known bottlenecks jam at weekday peaks, quiet streets do not. */
    @Test
    void theKnownBottlenecksOfAarhusJamAndItsQuietStreetsDoNot() throws IOException {
        Path directory = RecordedData.require("aarhus-traffic");
        TrafficCity city = TrafficCity.withDefaultRules().onHeap();
        Map<String, Detector> detectors = new HashMap<>();
        List<Observation> readings = new ArrayList<>();
        for (CSVRecord row : rows(directory.resolve("aarhus_2014-09-01_week_40seg.csv"))) {
            Detector detector = detectors.computeIfAbsent(row.get("segment"), id -> {
                Detector made = Detector.byTravelTime(id, null, 300);
                city.with(made.registered(COPENHAGEN.getId()));
                return made;
            });
            Instant end =
                    LocalDateTime.parse(row.get("timestamp")).atZone(COPENHAGEN).toInstant();
            readings.add(detector.reads(
                    end, Double.parseDouble(row.get("vehicle_count")), Double.parseDouble(row.get("avg_speed_kmh"))));
        }
        play(city, readings);

        Map<String, List<CityEvent>> episodes = new TreeMap<>();
        for (CityEvent event : city.episodes().values()) {
            episodes.computeIfAbsent(event.subject().id(), id -> new ArrayList<>())
                    .add(event);
        }
        for (String bottleneck : List.of("185316", "185104", "185157", "187721", "189994")) {
            assertThat(episodes.getOrDefault(bottleneck, List.of()))
                    .as(bottleneck + " at weekday peaks")
                    .anyMatch(event -> isWeekdayPeak(event.startedAt()));
        }
        for (String quiet : List.of("209986", "195896")) {
            assertThat(episodes.getOrDefault(quiet, List.of())).as(quiet).hasSizeLessThanOrEqualTo(2);
        }
        episodes.forEach((segment, events) -> assertThat(events.stream().filter(event -> isNight(event.startedAt())))
                .as(segment + " at night")
                .hasSizeLessThanOrEqualTo(2));
        assertThat(city.events())
                .as("readings come in time: nothing told is ever taken back")
                .extracting(CityEvent::transition)
                .doesNotContain(Transition.WITHDRAWN);
    }

    private static boolean isNight(Instant moment) {
        LocalTime local = moment.atZone(COPENHAGEN).toLocalTime();
        return !local.isBefore(LocalTime.of(23, 0)) || local.isBefore(LocalTime.of(5, 0));
    }

    private static boolean isWeekdayPeak(Instant moment) {
        var local = moment.atZone(COPENHAGEN);
        int hour = local.getHour();
        return local.getDayOfWeek().getValue() <= 5 && ((hour >= 6 && hour < 10) || (hour >= 14 && hour < 18));
    }

    /** Readings arrive two seconds after their period, the clock moves in steps of ten. */
    private static void play(TrafficCity city, List<Observation> readings) {
        readings.sort(Comparator.comparingLong(Observation::observedAt));
        city.clock(Instant.ofEpochMilli(readings.get(0).observedAt()));
        for (Observation reading : readings) {
            Instant arrival = Instant.ofEpochMilli(reading.observedAt()).plusSeconds(2);
            city.clockSteadilyTo(arrival, Duration.ofSeconds(10));
            city.receives(reading);
        }
        city.clockSteadilyTo(city.clock().plus(Duration.ofHours(5)), Duration.ofSeconds(30));
    }

    private static List<CSVRecord> rows(Path file) throws IOException {
        try (Reader reader = new BufferedReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .getRecords();
        }
    }
}
