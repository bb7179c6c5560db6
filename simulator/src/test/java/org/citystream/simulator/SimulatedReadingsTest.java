package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.fault.Faults;
import org.citystream.simulator.plan.Lindholm;
import org.citystream.simulator.publish.Outgoing;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Scenarios;
import org.citystream.simulator.scenario.TruthFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a start begins, and that a restarted simulator goes on with the bytes an uninterrupted one would have sent. */
class SimulatedReadingsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:20Z");

    @TempDir
    Path directory = Path.of("");

    private final City city = Lindholm.city();
    private final SimulateConfig config = new SimulateConfig();
    private List<FaultPlan> faults = List.of();
    private Scenario scenario = Scenarios.named("accident");

    @Test
    void aFreshDeploymentGetsTwoDaysOfAirAndThreeHoursOfTraffic() {
        List<Outgoing> readings = upTo(fresh(NOON), NOON);

        List<Outgoing> air =
                readings.stream().filter(r -> r.topic().contains("/air/")).toList();
        List<Outgoing> traffic =
                readings.stream().filter(r -> r.topic().contains("/traffic/")).toList();
        assertThat(air).hasSize(12 * 12 * 48);
        assertThat(air.get(0).observedAt()).isEqualTo("2026-11-21T12:05:00Z");
        assertThat(traffic.get(0).observedAt()).isEqualTo("2026-11-23T09:01:00Z");
        assertThat(traffic.size()).isBetween(157 * 179, 158 * 180);
        for (int i = 1; i < readings.size(); i++) {
            assertThat(readings.get(i).sentAt())
                    .isAfterOrEqualTo(readings.get(i - 1).sentAt());
        }
        assertThat(readings)
                .allSatisfy(reading -> assertThat(Duration.between(reading.observedAt(), reading.sentAt()))
                        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20)));
        assertThat(directory.resolve("truth.csv")).content().contains("incident", "lind-ring");
    }

    @Test
    void aRestartGoesOnWithTheBytesOfAnUninterruptedRun() {
        Itinerary first = fresh(NOON);
        List<String> uninterrupted = texts(upTo(first, NOON.plus(Duration.ofMinutes(40))));

        Instant killed = NOON.plus(Duration.ofMinutes(7)).plusMillis(321);
        Instant back = NOON.plus(Duration.ofMinutes(11));
        RunState left = new RunState(first.run(), killed.minusSeconds(2));
        Itinerary second = plan(back, Optional.of(killed), Optional.of(left));
        List<String> before = texts(upTo(first, killed.minusSeconds(2)));
        List<String> after = texts(upTo(second, NOON.plus(Duration.ofMinutes(40))));

        assertThat(second.run()).isEqualTo(first.run());
        assertThat(before.size() + after.size()).isEqualTo(uninterrupted.size());
        before.addAll(after);
        assertThat(before).isEqualTo(uninterrupted);
    }

    @Test
    void withoutKnowingWhatWasAcknowledgedTenMinutesAreRepeated() {
        Itinerary first = fresh(NOON);
        Itinerary second = plan(NOON.plusSeconds(120), Optional.of(NOON), Optional.of(new RunState(first.run(), null)));
        assertThat(second.sentAfter()).isEqualTo(NOON.minus(Duration.ofMinutes(10)));
    }

    @Test
    void theNextDayTheClockCatchesUpAndMeetsAnotherAccident() {
        Itinerary first = fresh(NOON);
        Instant stand = NOON.plus(Duration.ofHours(2));
        Instant tomorrow = NOON.plus(Duration.ofHours(21));
        Itinerary second = plan(tomorrow, Optional.of(stand), Optional.of(new RunState(first.run(), stand)));

        assertThat(second.run().arrivals()).containsExactly(NOON, tomorrow);
        assertThat(second.arrival()).isEqualTo(tomorrow);
        assertThat(second.trafficAfter()).isEqualTo(tomorrow.minus(Duration.ofHours(3)));
        assertThat(scenario.course(city, second.run()).incidentsAt(tomorrow)).isNotEmpty();
    }

    @Test
    void aClockThatIsAheadOfTheWallIsNotSetBack() {
        Itinerary first = fresh(NOON);
        Instant ahead = NOON.plus(Duration.ofHours(30));
        Itinerary second =
                plan(NOON.plusSeconds(600), Optional.of(ahead), Optional.of(new RunState(first.run(), ahead)));
        assertThat(second.arrival()).isEqualTo(ahead);
        assertThat(second.run()).isEqualTo(first.run());
    }

    @Test
    void withoutHistoryTheReadingsBeginAtTheStart() {
        config.backfill = false;
        config.start = NOON;
        List<Outgoing> readings = upTo(fresh(NOON.plusSeconds(5_000)), NOON.plusSeconds(300));
        assertThat(readings.get(0).observedAt()).isEqualTo("2026-11-23T12:01:00Z");
    }

    static List<String> scenarios() {
        return Scenarios.all().stream().map(Scenario::name).toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void inEveryScenarioTheSameSeedGivesTheSameBytesInOrderOfTime(String name) {
        List<Outgoing> sent = upTo(fresh(name, NOON), NOON.plusSeconds(600));

        assertThat(texts(upTo(fresh(name, NOON), NOON.plusSeconds(600)))).isEqualTo(texts(sent));
        assertThat(sent).extracting(Outgoing::sentAt).isSorted();
        assertThat(sent.size()).isGreaterThan(6_000);
        config.seed = 2;
        assertThat(texts(upTo(fresh(name, NOON), NOON.plusSeconds(600)))).isNotEqualTo(texts(sent));
    }

    @Test
    void aRestartAmidEveryFaultGoesOnWithTheBytesOfAnUninterruptedRun() {
        faults = Faults.names().stream()
                .map(kind -> FaultPlan.parse(kind + ":share=0.02,from=PT3M"))
                .toList();
        Itinerary first = fresh(NOON);
        Instant end = NOON.plus(Duration.ofMinutes(90));
        List<String> uninterrupted = texts(upTo(first, end));
        Instant killed = NOON.plus(Duration.ofMinutes(31)).plusMillis(321);
        RunState left = new RunState(first.run(), killed.minusSeconds(2));
        Itinerary second = plan(killed.plusSeconds(60), Optional.of(killed), Optional.of(left));
        List<String> both = texts(upTo(first, killed.minusSeconds(2)));
        both.addAll(texts(upTo(second, end)));

        assertThat(both).isEqualTo(uninterrupted);
        assertThat(directory.resolve("truth.csv"))
                .content()
                .contains(Faults.names().stream().map(kind -> "minor," + kind).toArray(String[]::new));
    }

    @Test
    void inANetworkOutageOneRoadIsNotHeardAndThenUploadsAllItMeasured() {
        List<Outgoing> sent = upTo(fresh("network-outage", NOON), NOON.plus(Duration.ofMinutes(40)));
        Instant out = NOON.minus(Duration.ofMinutes(40));
        Instant back = NOON.plus(Duration.ofMinutes(20));

        List<Outgoing> road = sent.stream()
                .filter(reading -> reading.sensorId().startsWith("loop-lind-out-"))
                .toList();
        assertThat(road)
                .noneMatch(reading -> reading.sentAt().isAfter(out.plusSeconds(20))
                        && reading.sentAt().isBefore(back));
        List<Outgoing> late = road.stream()
                .filter(reading -> reading.observedAt().isAfter(out)
                        && !reading.observedAt().isAfter(back))
                .toList();
        long detectors = road.stream().map(Outgoing::sensorId).distinct().count();
        assertThat(late)
                .hasSize((int) (60 * 2 * detectors))
                .allSatisfy(reading -> assertThat(reading.sentAt()).isBetween(back, back.plusSeconds(60)));
        assertThat(sent.stream().filter(reading -> reading.sensorId().startsWith("loop-lind-in-")))
                .as("the other roads are heard")
                .anyMatch(reading ->
                        reading.sentAt().isAfter(NOON) && reading.sentAt().isBefore(NOON.plusSeconds(60)));
    }

    private Itinerary fresh(String name, Instant wall) {
        scenario = Scenarios.named(name);
        config.scenario = name;
        config.start = wall;
        config.airHistory = Duration.ofHours(6);
        config.trafficHistory = Duration.ofMinutes(50);
        return fresh(wall);
    }

    private Itinerary fresh(Instant wall) {
        return plan(wall, Optional.empty(), Optional.empty());
    }

    private Itinerary plan(Instant wall, Optional<Instant> clock, Optional<RunState> known) {
        return Itinerary.plan(config, scenario, city.timeZone(), wall, clock, known);
    }

    /** Everything sent up to a moment. */
    private List<Outgoing> upTo(Itinerary itinerary, Instant moment) {
        SimulatedReadings readings =
                new SimulatedReadings(city, scenario, faults, itinerary, new TruthFile(directory), Duration.ofDays(2));
        List<Outgoing> sent = new ArrayList<>();
        while (readings.hasNext()) {
            Outgoing next = readings.next();
            if (next.sentAt().isAfter(moment)) {
                break;
            }
            sent.add(next);
        }
        return sent;
    }

    private static List<String> texts(List<Outgoing> readings) {
        List<String> texts = new ArrayList<>();
        readings.forEach(reading -> texts.add(reading.sentAt() + " " + reading.topic() + " "
                + new String(reading.payload(), StandardCharsets.UTF_8)));
        return texts;
    }
}
