package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.junit.jupiter.api.Test;

/** Recorded traffic through the fold: what must be found, and what must not. */
class RecordedTrafficTest {
    /** Thirty hours of flowing motorway around Eindhoven, 19 lanes, each minute: nothing may be called congestion. */
    @Test
    void aMotorwayThatFlowsIsNeverCalledCongested() {
        TrafficCity city = TrafficCity.withDefaultRules().onHeap();
        Map<String, Detector> sites = new HashMap<>();
        RecordedTraffic.lanesOfEindhoven().forEach((id, lanes) -> {
            Detector site = Detector.onFreeway(id, 0).learning().withLanes(lanes);
            sites.put(id, site);
            city.with(site.registered("Europe/Amsterdam"));
        });
        List<Observation> readings = new ArrayList<>();
        for (RecordedTraffic.Row row : RecordedTraffic.eindhoven()) {
            readings.add(Objects.requireNonNull(sites.get(row.sensorId()))
                    .reads(row.end(), 60, row.lane(), row.count(), row.speedKmh(), Double.NaN));
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
    void theKnownBottlenecksOfAarhusJamAndItsQuietStreetsDoNot() {
        TrafficCity city = TrafficCity.withDefaultRules().onHeap();
        Map<String, Detector> detectors = new HashMap<>();
        List<Observation> readings = new ArrayList<>();
        for (RecordedTraffic.Row row : RecordedTraffic.aarhus()) {
            Detector detector = detectors.computeIfAbsent(row.sensorId(), id -> {
                Detector made = Detector.byTravelTime(id, null, 300);
                city.with(made.registered(RecordedTraffic.COPENHAGEN.getId()));
                return made;
            });
            readings.add(detector.reads(row.end(), row.count(), row.speedKmh()));
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
        LocalTime local = moment.atZone(RecordedTraffic.COPENHAGEN).toLocalTime();
        return !local.isBefore(LocalTime.of(23, 0)) || local.isBefore(LocalTime.of(5, 0));
    }

    private static boolean isWeekdayPeak(Instant moment) {
        var local = moment.atZone(RecordedTraffic.COPENHAGEN);
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
}
