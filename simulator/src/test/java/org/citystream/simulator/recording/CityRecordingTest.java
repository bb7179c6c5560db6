package org.citystream.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;
import org.citystream.recordings.RecordingException;
import org.citystream.simulator.city.City;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.plan.CityFile;
import org.citystream.simulator.plan.Lindholm;
import org.citystream.simulator.plan.Variation;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Scenarios;
import org.citystream.simulator.scenario.TruthEpisode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CityRecordingTest {
    /** Local midnight of a Tuesday. */
    private static final Instant TUESDAY = Instant.parse("2026-11-23T23:00:00Z");

    @TempDir
    Path directory;

    @Test
    void aRecordingIsReadBackAsItWasPlayed() {
        CityRecording recording = lindholm("accident", List.of(), Duration.ofHours(2));
        List<RecordedReading> played = new ArrayList<>();
        CityRecording.Summary summary = recording.play(played::add);

        CityRecording.Summary written = recording.write(directory);

        Recording read = Recording.open(directory, null, "lindholm", null, null);
        List<RecordedReading> again = new ArrayList<>();
        read.readings().forEachRemaining(again::add);
        assertThat(written).isEqualTo(summary);
        assertThat(read.sensors()).hasSize(78);
        assertThat(again).containsExactlyInAnyOrderElementsOf(played);
        assertThat(played).hasSize((int) (summary.trafficReadings() + summary.airReadings()));
        assertThat(summary.trafficReadings()).isEqualTo(158 * 120L);
        assertThat(summary.airReadings()).isEqualTo(12 * 24L);
        assertThat(read.first()).isEqualTo(TUESDAY.plusSeconds(60));
        assertThat(read.last()).isEqualTo(TUESDAY.plus(Duration.ofHours(2)));
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        lindholm("accident", List.of(), Duration.ofHours(2)).write(first);
        lindholm("accident", List.of(), Duration.ofHours(2)).write(second);

        for (String file : List.of("traffic.csv", "air.csv", "sensors.geojson", "truth.csv")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
            assertThat(Files.size(first.resolve(file))).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void eachDayOfAVariedCityHasIncidentsThatMakeQueues(long seed) {
        City city = Variation.of(seed).corridorCity().city();
        List<TruthEpisode> truth = day(city, "incidents", seed);

        List<TruthEpisode> incidents =
                truth.stream().filter(row -> row.kind().equals("incident")).toList();
        assertThat(incidents).as("seed %d", seed).hasSize(2).allSatisfy(incident -> {
            TruthEpisode.Stretch queue = Objects.requireNonNull(incident.stretch());
            assertThat(queue.toM() - queue.fromM()).as("queue, m").isGreaterThan(300);
            Instant end = Objects.requireNonNull(incident.end());
            assertThat(Duration.between(incident.start(), end)).isGreaterThanOrEqualTo(Duration.ofMinutes(12));
            assertThat(incident.cause()).containsAnyOf("lanes blocked", "shoulder blocked");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onOrdinaryDaysNothingHappensButRecurrentQueues(long seed) {
        List<TruthEpisode> truth = day(Variation.of(seed).corridorCity().city(), "ordinary-days", seed);

        assertThat(truth)
                .filteredOn(row -> row.subjectType().equals("corridor"))
                .allSatisfy(row -> assertThat(row.cause()).isEqualTo("bottleneck"));
    }

    @Test
    void faultsAreInTheRecordingAndInItsTruth() {
        List<FaultPlan> faults = List.of(
                FaultPlan.parse("silent:sensors=loop-lind-ring-01"),
                FaultPlan.parse("malformed:sensors=loop-lind-ring-02,rate=1"),
                FaultPlan.parse("late-batch:sensors=loop-lind-ring-03,hold=PT30M"));
        List<String> sensorIds = new ArrayList<>();

        CityRecording.Summary summary = lindholm("ordinary-days", faults, Duration.ofHours(1))
                .play(reading -> sensorIds.add(reading.sensorId()));

        assertThat(sensorIds).doesNotContain("loop-lind-ring-01", "loop-lind-ring-02");
        assertThat(sensorIds.stream().filter("loop-lind-ring-03"::equals)).hasSize(3 * 60);
        assertThat(summary.damaged()).isEqualTo(3 * 60);
        assertThat(summary.truth())
                .filteredOn(row -> row.kind().equals("sensor-health"))
                .extracting(TruthEpisode::cause)
                .containsExactlyInAnyOrder("silent", "malformed", "late-batch");
    }

    @Test
    void faultsThatBeganLongBeforeAreInTheTruthToo() {
        List<FaultPlan> faults = List.of(
                FaultPlan.parse("silent:sensors=loop-lind-ring-01,from=-PT6H"),
                FaultPlan.parse("stuck:sensors=loop-lind-ring-02,from=-PT6H,for=PT90M"));

        CityRecording.Summary summary =
                lindholm("ordinary-days", faults, Duration.ofMinutes(10)).play(reading -> {});

        assertThat(summary.truth())
                .filteredOn(row -> row.kind().equals("sensor-health"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.cause()).isEqualTo("silent");
                    assertThat(row.start()).isEqualTo(TUESDAY.minus(Duration.ofHours(6)));
                    assertThat(row.end()).isNull();
                });
    }

    @Test
    void aNetworkOutageIsARowForEachDetectorOfTheRoad() {
        CityRecording.Summary summary =
                lindholm("network-outage", List.of(), Duration.ofHours(1)).play(reading -> {});

        List<TruthEpisode> rows = summary.truth().stream()
                .filter(row -> row.cause().equals("late-batch"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(3).allSatisfy(row -> {
            assertThat(row.kind()).isEqualTo("sensor-health");
            assertThat(row.start()).isEqualTo(TUESDAY.minus(Duration.ofMinutes(40)));
            assertThat(row.end()).isEqualTo(TUESDAY.plus(Duration.ofMinutes(20)));
        });
        assertThat(rows).extracting(TruthEpisode::subject).doesNotHaveDuplicates();
    }

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioCanBePlayedInACityOfOneStreet(Scenario scenario) throws IOException {
        Path file = Files.writeString(directory.resolve("city.yaml"), """
                id: little
                timeZone: Europe/Copenhagen
                centre: {latitude: 56.15, longitude: 10.2}
                roads:
                  - id: main
                    lanes: 2
                    demand: {peakVehH: 2000}
                    line: [[10.20, 56.15], [10.20, 56.17]]
                """);
        City little = CityFile.read(file).city();
        List<RecordedReading> readings = new ArrayList<>();
        new CityRecording(little, scenario, List.of(), 1, TUESDAY, Duration.ofHours(1)).play(readings::add);
        assertThat(readings).isNotEmpty();
    }

    @Test
    void aRecordingIsNeverOverwritten() {
        lindholm("ordinary-days", List.of(), Duration.ofMinutes(10)).write(directory);

        assertThatThrownBy(() -> lindholm("ordinary-days", List.of(), Duration.ofMinutes(10))
                        .write(directory))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("there is a recording already")
                .hasMessageContaining("give a folder of its own");
    }

    private static List<TruthEpisode> day(City city, String scenario, long seed) {
        return new CityRecording(city, Scenarios.named(scenario), List.of(), seed, TUESDAY, Duration.ofHours(24))
                .play(reading -> {})
                .truth();
    }

    private static CityRecording lindholm(String scenario, List<FaultPlan> faults, Duration length) {
        return new CityRecording(Lindholm.city(), Scenarios.named(scenario), faults, 1, TUESDAY, length);
    }
}
