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
import org.citystream.simulator.city.Lindholm;
import org.citystream.simulator.publish.Outgoing;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Scenarios;
import org.citystream.simulator.scenario.TruthFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a start begins, and that a restarted simulator goes on with the bytes an uninterrupted one would have sent. */
class SimulatedReadingsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:20Z");

    @TempDir
    Path directory = Path.of("");

    private final City city = Lindholm.city();
    private final SimulateConfig config = new SimulateConfig();
    private final Scenario scenario = Scenarios.named("accident");

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

    private Itinerary fresh(Instant wall) {
        return plan(wall, Optional.empty(), Optional.empty());
    }

    private Itinerary plan(Instant wall, Optional<Instant> clock, Optional<RunState> known) {
        return Itinerary.plan(config, scenario, city.timeZone(), wall, clock, known);
    }

    /** Everything sent up to a moment. */
    private List<Outgoing> upTo(Itinerary itinerary, Instant moment) {
        SimulatedReadings readings =
                new SimulatedReadings(city, scenario, itinerary, new TruthFile(directory), Duration.ofDays(2));
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
