package org.citystream.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.city.CorridorMinute;
import org.citystream.simulator.city.Detector;
import org.citystream.simulator.fault.FaultySensors;
import org.citystream.simulator.plan.Lindholm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenariosTest {
    private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

    private final City city = Lindholm.city();

    @ParameterizedTest
    @CsvSource({
        "1, 2026-11-23T02:10:00Z", // the dead of night
        "2, 2026-11-23T12:31:17Z",
        "7, 2026-11-22T07:00:00Z", // Sunday morning
        "9, 2026-07-15T16:20:00Z", // evening rush
    })
    void theAccidentHasCongestedSeveralSegmentsForTenMinutesWhenTheClockArrives(long seed, Instant arrival) {
        Story story = tell("accident", seed, arrival, Duration.ofHours(3));

        List<String> deep = story.congestedAtArrival.entrySet().stream()
                .filter(entry -> entry.getValue() >= 10)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(story.congestedAtArrival.keySet()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(deep).as("more than 10 minutes below half of free flow").isNotEmpty();
        assertThat(story.congestedAtArrival.keySet()).allMatch(segment -> segment.startsWith("lind-ring"));
        assertThat(story.longest).as("longest queue in segments").isGreaterThanOrEqualTo(5);
        TruthEpisode truth = story.episodes.stream()
                .filter(episode -> episode.kind().equals("incident"))
                .findFirst()
                .orElseThrow();
        assertThat(Duration.between(truth.start(), arrival)).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));
        assertThat(truth.corridor()).isEqualTo("lind-ring");
        assertThat(truth.severity()).isEqualTo("severe");
        assertThat(truth.end()).isNotNull().isAfter(truth.start().plus(Duration.ofMinutes(40)));
        assertThat(Objects.requireNonNull(truth.stretch()).toM()
                        - truth.stretch().fromM())
                .isGreaterThan(1_500);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5"})
    void theMorningRushQueuesBeforeTheOnRampsAndDissolves(long seed) {
        Scenario scenario = Scenarios.named("morning-rush");
        Instant arrival = scenario.arrival(Instant.parse("2026-11-23T20:00:00Z"), STOCKHOLM);
        Story story = tell("morning-rush", seed, arrival, Duration.ofHours(4));

        assertThat(story.congestedAtArrival).isNotEmpty();
        assertThat(story.episodes)
                .filteredOn(episode -> episode.start().isAfter(arrival.minus(Duration.ofHours(3))))
                .filteredOn(episode -> episode.subjectType().equals("corridor"))
                .isNotEmpty()
                .allSatisfy(episode -> {
                    assertThat(episode.kind()).isEqualTo("congestion");
                    assertThat(episode.end()).isNotNull().isBefore(arrival.plus(Duration.ofHours(4)));
                });
    }

    @Test
    void theMorningRushArrivesOnTheLatestWorkingDay() {
        Scenario scenario = Scenarios.named("morning-rush");
        for (String wall : List.of("2026-11-23T03:00:00Z", "2026-11-22T12:00:00Z", "2026-11-25T12:00:00Z")) {
            ZonedDateTime arrival =
                    scenario.arrival(Instant.parse(wall), STOCKHOLM).atZone(STOCKHOLM);
            assertThat(arrival.toLocalTime()).hasToString("07:40");
            assertThat(arrival.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
            assertThat(Duration.between(arrival.toInstant(), Instant.parse(wall)))
                    .isBetween(Duration.ZERO, Duration.ofDays(4));
        }
    }

    @Test
    void accidentsGoOnAboutEveryThreeHours() {
        Instant arrival = Instant.parse("2026-11-23T12:00:00Z");
        Course course = Scenarios.named("accident").course(city, run("accident", 1, arrival));
        List<Incident> incidents = new ArrayList<>();
        for (Instant at = arrival.minus(Duration.ofHours(2));
                at.isBefore(arrival.plus(Duration.ofHours(24)));
                at = at.plusSeconds(60)) {
            course.incidentsAt(at).stream()
                    .filter(incident -> !incidents.contains(incident))
                    .forEach(incidents::add);
        }
        assertThat(incidents).hasSizeBetween(8, 9);
        assertThat(incidents.stream().map(Incident::corridorId).distinct()).hasSize(3);
    }

    @Test
    void aLaterArrivalChangesNothingThatHasAlreadyHappened() {
        Instant first = Instant.parse("2026-11-23T12:00:00Z");
        Instant second = first.plus(Duration.ofHours(20));
        Run run = run("accident", 1, first);
        Course before = Scenarios.named("accident").course(city, run);
        Course after = Scenarios.named("accident").course(city, run.arrivingAt(second));
        Instant changes = second.minus(Scenario.PREPARATION);
        for (Instant at = run.origin(); at.isBefore(changes); at = at.plusSeconds(60)) {
            assertThat(after.incidentsAt(at)).isEqualTo(before.incidentsAt(at));
        }
        assertThat(after.incidentsAt(second)).isNotEmpty();
    }

    @Test
    void anUnknownScenarioIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Scenarios.named("rush")).hasMessageContaining("accident, morning-rush");
    }

    @Test
    void truthIsWrittenAsTheContractSaysAndKeptOverARestart(@TempDir Path directory) throws Exception {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        TruthEpisode closed = TruthEpisode.onRoad(
                start,
                start.plusSeconds(2400),
                "incident",
                "lind-ring",
                new TruthEpisode.Stretch(3100.4, 5600),
                "severe",
                "accident");
        TruthEpisode open = queue(start.plusSeconds(60), null, 1);
        TruthEpisode bad = TruthEpisode.atStation(
                start.plusSeconds(3_600), start.plusSeconds(7_200), "air-index", "air-1", "moderate", "smog: PM2.5");
        TruthEpisode silent =
                TruthEpisode.ofSensor(start.plusSeconds(3_660), start.plusSeconds(4_000), "loop-1", "silent");
        TruthEpisode stuck =
                TruthEpisode.ofSensor(start.plusSeconds(3_660), start.plusSeconds(4_000), "loop-1", "stuck");
        new TruthFile(directory).write(List.of(closed, open, bad, silent, stuck), open.start());
        new TruthFile(directory).write(List.of(queue(open.start(), start.plusSeconds(900), 0)), start.plusSeconds(960));

        assertThat(Files.readAllLines(directory.resolve("truth.csv")))
                .containsExactly(
                        "start,end,kind,subjectType,subject,corridor,fromM,toM,severity,cause",
                        "2026-11-23T12:00:00Z,2026-11-23T12:40:00Z,incident,corridor,lind-ring,lind-ring,3100,5600,severe,accident",
                        "2026-11-23T12:01:00Z,2026-11-23T12:15:00Z,congestion,corridor,lind-in,lind-in,0,2,moderate,bottleneck",
                        "2026-11-23T13:00:00Z,2026-11-23T14:00:00Z,air-index,station,air-1,,,,moderate,smog: PM2.5",
                        "2026-11-23T13:01:00Z,2026-11-23T13:06:40Z,sensor-health,sensor,loop-1,,,,minor,silent",
                        "2026-11-23T13:01:00Z,2026-11-23T13:06:40Z,sensor-health,sensor,loop-1,,,,minor,stuck");
    }

    @Test
    void whatHadNoEndWhenTheSimulatorStoppedIsKeptUntilItHasOne(@TempDir Path directory) throws Exception {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        TruthEpisode silent = TruthEpisode.ofSensor(start, null, "loop-1", "silent");
        Instant stopped = start.plusSeconds(300);
        new TruthFile(directory).write(List.of(silent), stopped);
        new TruthFile(directory).write(List.of(silent), stopped);
        assertThat(Files.readAllLines(directory.resolve("truth.csv")))
                .contains("2026-11-23T12:00:00Z,,sensor-health,sensor,loop-1,,,,minor,silent");

        TruthEpisode over = TruthEpisode.ofSensor(start, start.plusSeconds(600), "loop-1", "silent");
        new TruthFile(directory).write(List.of(over), start.plusSeconds(900));
        assertThat(Files.readAllLines(directory.resolve("truth.csv")))
                .filteredOn(row -> row.contains("loop-1"))
                .containsExactly(
                        "2026-11-23T12:00:00Z,2026-11-23T12:10:00Z,sensor-health,sensor,loop-1,,,,minor,silent");
    }

    /** Else it would be missed, or excuse whatever is found there, for ever. */
    @Test
    void whatTheNextStartDoesNotKnowEndsWhereThatTakesOver(@TempDir Path directory) throws Exception {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        TruthEpisode silent = TruthEpisode.ofSensor(start, null, "loop-1", "silent");
        new TruthFile(directory).write(List.of(silent), start.plusSeconds(300));
        TruthFile another = new TruthFile(directory);
        another.write(List.of(), start.plusSeconds(360));
        another.write(List.of(), start.plusSeconds(420));
        assertThat(Files.readAllLines(directory.resolve("truth.csv")))
                .contains("2026-11-23T12:00:00Z,2026-11-23T12:06:00Z,sensor-health,sensor,loop-1,,,,minor,silent");
    }

    private static TruthEpisode queue(Instant start, @Nullable Instant end, double fromM) {
        return TruthEpisode.onRoad(
                start, end, "congestion", "lind-in", new TruthEpisode.Stretch(fromM, 2), "moderate", "bottleneck");
    }

    private record Story(Map<String, Integer> congestedAtArrival, int longest, List<TruthEpisode> episodes) {}

    /** Plays a scenario until a time after the arrival. */
    private Story tell(String name, long seed, Instant arrival, Duration after) {
        Run run = run(name, seed, arrival);
        Course course = Scenarios.named(name).course(city, run);
        CitySimulation simulation = new CitySimulation(city, seed, course, run.origin());
        Truth truth = new Truth(course, new FaultySensors(List.of(), city.sensors(), seed, run.arrivals()));
        Map<String, Integer> minutes = new TreeMap<>();
        Map<String, Integer> atArrival = Map.of();
        int longest = 0;
        while (simulation.now().isBefore(arrival.plus(after))) {
            CityMinute minute = simulation.advance();
            truth.observe(minute);
            count(minute, minutes);
            longest = Math.max(longest, (int) minutes.keySet().stream()
                    .filter(segment -> segment.startsWith("lind-ring"))
                    .count());
            if (!minute.end().isAfter(arrival)) {
                atArrival = new TreeMap<>(minutes);
            }
        }
        return new Story(atArrival, longest, truth.episodes());
    }

    /** Minutes that each segment has been below half of its free-flow speed without a break. */
    private static void count(CityMinute minute, Map<String, Integer> minutes) {
        for (CorridorMinute corridor : minute.corridors()) {
            for (Detector detector : corridor.corridor().detectors()) {
                if (corridor.speedRatio(corridor.cellAt(detector.positionM())) < 0.5) {
                    minutes.merge(detector.roadSegmentId(), 1, Integer::sum);
                } else {
                    minutes.remove(detector.roadSegmentId());
                }
            }
        }
    }

    private static Run run(String name, long seed, Instant arrival) {
        return new Run(seed, name, arrival.minus(Duration.ofHours(7)), List.of(arrival));
    }
}
