package org.citystream.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.FundamentalDiagram;
import org.citystream.simulator.city.StationAir;
import org.citystream.simulator.plan.Lindholm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario is held to what its description claims. */
class StoriesTest {
    private static final Instant TUESDAY = Instant.parse("2026-11-24T20:10:00Z");
    private static final String RURAL = "air-lind-12";
    private static final String URBAN = "air-lind-06";
    private static final String KERB = "air-lind-01";

    @ParameterizedTest
    @CsvSource({"1, 2026-11-24T20:10:00Z", "2, 2026-11-24T02:30:00Z", "3, 2026-11-22T09:00:00Z"})
    void aQueueGrowsUpstreamOfTheRoadWorksAsFastAsTheoryDemands(long seed, Instant wall) {
        Telling story = Telling.of("road-works", seed, wall, Duration.ofHours(5), Duration.ofHours(2));
        Corridor ring = story.corridor(Lindholm.RING);
        double siteM = ring.lengthM() * 0.62;

        assertThat(story.slowest(0, ring.id(), siteM - 800, siteM - 200)).isLessThan(0.5);
        assertThat(story.slowest(0, ring.id(), siteM + 1_200, siteM + 1_800)).isGreaterThan(0.9);
        double early = story.tailM(-15, ring.id(), siteM);
        double late = story.tailM(15, ring.id(), siteM);
        assertThat(late).as("the tail moves upstream").isLessThan(early - 500);

        FundamentalDiagram diagram = ring.diagram();
        double outflow = RoadWorks.CAPACITY_FACTOR * diagram.capacityVehH() * ring.lanes();
        double arriving = 0;
        for (int minute = -15; minute < 15; minute++) {
            var road = story.road(minute, ring.id());
            arriving += road.flowVehH(road.cellAt(late - 400)) / 30;
        }
        double queued = ring.lanes() * diagram.congestedDensityVehKm(outflow / ring.lanes());
        double theory = (outflow - arriving) / (queued - arriving / diagram.freeFlowSpeedKmh());
        assertThat((late - early) / 1000 / 0.5).isCloseTo(theory, within(Math.abs(theory) * 0.35));

        assertThat(story.truth).anySatisfy(episode -> {
            assertThat(episode.kind()).isEqualTo("congestion");
            assertThat(episode.cause()).isEqualTo("road works");
            assertThat(Objects.requireNonNull(episode.stretch()).toM()).isCloseTo(siteM, within(400.0));
        });
        assertThat(story.truth).noneMatch(episode -> episode.kind().equals("incident"));
    }

    @Test
    void festivalVisitorsQueueInboundAndGoHomeLate() {
        Telling story = Telling.of("festival", 1, TUESDAY, Duration.ofHours(5), Duration.ofHours(7));
        Corridor in = story.corridor(Lindholm.INBOUND);

        ZonedDateTime local = story.arrival.atZone(Telling.STOCKHOLM);
        assertThat(local.getDayOfWeek()).isEqualTo(DayOfWeek.SATURDAY);
        assertThat(local.getHour()).isEqualTo(18);
        assertThat(story.slowest(20, in.id(), in.lengthM() * 0.6, in.lengthM() * 0.78))
                .isLessThan(0.5);
        double usual = flow(story.ordinary(1), 285, Lindholm.OUTBOUND);
        assertThat(flow(story, 285, Lindholm.OUTBOUND)).isGreaterThan(1.5 * usual);
        assertThat(story.truth)
                .extracting(TruthEpisode::cause)
                .contains("festival: street half closed")
                .containsAnyOf("festival traffic", "festival: street half closed");
    }

    @Test
    void theStadiumEmptiesOntoOneRoadWhichIsFreeAgainBeforeMidnight() {
        Telling story = Telling.of("stadium-out", 1, TUESDAY, Duration.ofHours(5), Duration.ofHours(4));
        Corridor out = story.corridor(Lindholm.OUTBOUND);

        assertThat(story.arrival.atZone(Telling.STOCKHOLM).getHour()).isEqualTo(22);
        assertThat(story.slowest(-15, out.id(), 0, out.lengthM())).isGreaterThan(0.7);
        assertThat(story.slowest(20, out.id(), 0, out.lengthM())).isLessThan(0.5);
        assertThat(story.slowest(180, out.id(), 0, out.lengthM())).isGreaterThan(0.7);
        assertThat(story.truth)
                .isNotEmpty()
                .allSatisfy(episode -> assertThat(episode.subject()).isEqualTo(out.id()))
                .extracting(TruthEpisode::cause)
                .containsOnly("crowd leaving the stadium");
    }

    @Test
    void aStormSlowsAllRoadsShrinksTheirCapacityAndCleansTheAir() {
        Telling story =
                Telling.of("storm", 1, Instant.parse("2026-11-24T09:30:00Z"), Duration.ofHours(6), Duration.ofHours(3));
        Telling ordinary = story.ordinary(1);

        assertThat(story.at(0).weather().rainMmH()).isBetween(13.0, 18.0);
        assertThat(story.at(0).weather().windSpeedMs()).isGreaterThan(10);
        assertThat(story.at(0).weather().roadCapacityFactor()).isLessThan(0.82);
        for (String corridor : List.of(Lindholm.RING, Lindholm.INBOUND, Lindholm.OUTBOUND)) {
            assertThat(story.road(0, corridor).speedKmh(5))
                    .isLessThan(0.9 * ordinary.road(0, corridor).speedKmh(5));
        }
        assertThat(story.air(URBAN, 20, 60, StationAir::pm25UgM3))
                .isLessThan(0.7 * ordinary.air(URBAN, 20, 60, StationAir::pm25UgM3));
        assertThat(story.road(150, Lindholm.RING).speedKmh(5))
                .as("dry again")
                .isCloseTo(ordinary.road(150, Lindholm.RING).speedKmh(5), within(1.0));
    }

    @Test
    void aStormInTheMorningRushMakesMoreQueues() {
        Telling rush = Telling.of("morning-rush", 3, TUESDAY, Duration.ofHours(5), Duration.ofHours(2));
        Telling both = Telling.of("storm+morning-rush", 3, TUESDAY, Duration.ofHours(5), Duration.ofHours(2));

        assertThat(both.arrival).isEqualTo(rush.arrival);
        assertThat(congestedCells(both)).isGreaterThan((long) (1.2 * congestedCells(rush)));
        assertThat(both.truth).extracting(TruthEpisode::cause).contains("heavy rain");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void smogGathersParticlesAndNitrogenDioxideInTheCity(long seed) {
        Telling story = Telling.of("smog-episode", seed, TUESDAY, Duration.ofHours(52), Duration.ofHours(40));
        Telling ordinary = story.ordinary(seed);

        assertThat(story.air(URBAN, -60, 60, StationAir::pm25UgM3))
                .isGreaterThan(50)
                .isGreaterThan(2 * ordinary.air(URBAN, -60, 60, StationAir::pm25UgM3))
                .isGreaterThan(1.2 * story.air(RURAL, -60, 60, StationAir::pm25UgM3));
        assertThat(story.air(KERB, -60, 60, StationAir::no2UgM3))
                .isGreaterThan(1.3 * ordinary.air(KERB, -60, 60, StationAir::no2UgM3));
        assertThat(story.air(URBAN, 36 * 60, 38 * 60, StationAir::pm25UgM3)).isLessThan(35);
        assertThat(story.truth)
                .filteredOn(episode -> episode.kind().equals("air-index"))
                .extracting(TruthEpisode::cause)
                .contains("smog below an inversion: PM2.5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void smokeRisesFastAndAlikeInTownAndCountryAndIsFine(long seed) {
        Telling story = Telling.of("wildfire-smoke", seed, TUESDAY, Duration.ofHours(8), Duration.ofHours(22));

        for (String station : List.of(URBAN, RURAL)) {
            double before = story.air(station, -140, -80, StationAir::pm25UgM3);
            double after = story.air(station, 10, 70, StationAir::pm25UgM3);
            double coarse = story.air(station, 10, 70, StationAir::pm10UgM3) - after;
            assertThat(after - before).isGreaterThan(60);
            assertThat(coarse).isLessThan(0.35 * after);
        }
        assertThat(story.air(RURAL, 10, 70, StationAir::coMgM3))
                .isGreaterThan(2 * story.air(RURAL, -140, -80, StationAir::coMgM3));
        assertThat(story.air(URBAN, 20 * 60, 22 * 60, StationAir::pm25UgM3)).isLessThan(40);
        assertThat(story.truth).anySatisfy(episode -> {
            assertThat(episode.subjectType()).isEqualTo("station");
            assertThat(episode.cause()).isEqualTo("wildfire smoke: PM2.5");
            assertThat(episode.severity()).isIn("severe", "extreme");
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 2026-11-24T20:10:00Z", "2, 2026-07-03T12:00:00Z", "3, 2026-02-14T03:00:00Z"})
    void inAHeatwaveOzoneIsHighInTheAfternoonAndLowAtNightWhateverTheSeason(long seed, Instant wall) {
        Telling story = Telling.of("ozone-heatwave", seed, wall, Duration.ofHours(60), Duration.ofHours(26));

        assertThat(story.arrival.atZone(Telling.STOCKHOLM).getHour()).isEqualTo(16);
        assertThat(story.air(RURAL, -90, 30, StationAir::o3UgM3)).isGreaterThan(180);
        assertThat(story.air(URBAN, -90, 30, StationAir::o3UgM3)).isGreaterThan(140);
        assertThat(story.air(URBAN, 10 * 60, 12 * 60, StationAir::o3UgM3)).isLessThan(90);
        assertThat(story.at(-30).weather().temperatureC()).isGreaterThan(29);
        assertThat(story.at(24 * 60).weather().temperatureC()).isGreaterThan(29);
        assertThat(story.truth)
                .extracting(TruthEpisode::cause)
                .contains("heatwave: O3", "heatwave: O3 above 180 µg/m³");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void onAQuietNightNothingHappens(long seed) {
        Telling story = Telling.of("quiet-night", seed, TUESDAY, Duration.ofHours(10), Duration.ofHours(12));

        assertThat(story.truth).isEmpty();
        for (CityMinute minute : story.minutes()) {
            minute.corridors()
                    .forEach(road ->
                            assertThat(road.speedRatio(road.cells() / 2)).isGreaterThan(0.8));
        }
    }

    @Test
    void vandalsAreInTheTruthAndLeaveTheTrafficAlone() {
        Telling story = Telling.of("sensor-vandalism", 1, TUESDAY, Duration.ofHours(5), Duration.ofHours(1));

        assertThat(story.truth)
                .filteredOn(episode -> episode.kind().equals("sensor-health"))
                .hasSize(9)
                .allSatisfy(episode -> {
                    assertThat(episode.start()).isEqualTo(story.arrival.minus(Duration.ofMinutes(30)));
                    assertThat(episode.end()).isEqualTo(story.arrival.plus(Duration.ofMinutes(270)));
                    assertThat(episode.subjectType()).isEqualTo("sensor");
                })
                .extracting(TruthEpisode::cause)
                .containsOnly("silent", "stuck", "saturation", "offset");
        assertThat(flow(story, 30, Lindholm.RING)).isEqualTo(flow(story.ordinary(1), 30, Lindholm.RING));
    }

    @Test
    void severalScenariosHappenAtOnce() {
        Telling story = Telling.of("accident+smog-episode", 1, TUESDAY, Duration.ofHours(52), Duration.ofHours(2));

        assertThat(story.arrival).isEqualTo(TUESDAY);
        assertThat(story.truth).extracting(TruthEpisode::kind).contains("incident", "air-index");
        Scenario both = Scenarios.named("accident+smog-episode");
        assertThat(both.name()).isEqualTo("accident+smog-episode");
        assertThat(both.description()).contains("accident").contains("inversion");
    }

    @Test
    void whatHasHappenedStaysWhenTheClockArrivesAgain() {
        Instant first = Instant.parse("2026-11-23T12:00:00Z");
        Instant second = first.plus(Duration.ofHours(20));
        Instant changes = second.minus(Scenario.PREPARATION);
        for (Scenario scenario : Scenarios.all()) {
            Run run = new Run(1, scenario.name(), first.minus(Duration.ofHours(6)), List.of(first));
            List<CityMinute> before = minutes(scenario, run, changes);
            List<CityMinute> after = minutes(scenario, run.arrivingAt(second), changes);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i).weather())
                        .as(scenario.name())
                        .isEqualTo(before.get(i).weather());
                assertThat(after.get(i).corridors().get(0).flowVehH(40))
                        .as(scenario.name())
                        .isEqualTo(before.get(i).corridors().get(0).flowVehH(40));
                assertThat(after.get(i).trueAir())
                        .as(scenario.name())
                        .isEqualTo(before.get(i).trueAir());
            }
        }
    }

    private static List<CityMinute> minutes(Scenario scenario, Run run, Instant end) {
        var city = Lindholm.city();
        var simulation = new org.citystream.simulator.city.CitySimulation(
                city, run.seed(), scenario.course(city, run), run.origin());
        List<CityMinute> minutes = new ArrayList<>();
        while (simulation.now().isBefore(end)) {
            minutes.add(simulation.advance());
        }
        return minutes;
    }

    private static double flow(Telling story, long minute, String corridor) {
        double sum = 0;
        for (long i = minute - 10; i <= minute + 10; i++) {
            sum += story.road(i, corridor).flowVehH(30) / 21;
        }
        return sum;
    }

    private static long congestedCells(Telling story) {
        long cells = 0;
        for (CityMinute minute : story.minutes()) {
            for (var road : minute.corridors()) {
                for (int cell = 0; cell < road.cells(); cell++) {
                    cells += road.speedRatio(cell) < 0.5 ? 1 : 0;
                }
            }
        }
        return cells;
    }
}
