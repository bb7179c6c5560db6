package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.simulator.plan.Lindholm;
import org.junit.jupiter.api.Test;

class CitySimulationTest {
    private static final Instant SUNDAY_NIGHT = Instant.parse("2026-11-22T22:00:00Z");

    private final City city = Lindholm.city();

    @Test
    void theCityHasEnoughSensorsWithPlaceAndRoad() {
        assertThat(city.sensors().stream().filter(s -> s.kind() == SensorKind.TRAFFIC))
                .hasSizeGreaterThanOrEqualTo(60)
                .allSatisfy(sensor -> {
                    assertThat(sensor.roadGeometry()).hasSizeGreaterThanOrEqualTo(2);
                    assertThat(sensor.lengthM()).isBetween(200.0, 800.0);
                    assertThat(sensor.laneCount()).isBetween(2, 3);
                });
        assertThat(city.stations()).hasSize(12);
        assertThat(city.stations().stream().map(Station::setting).distinct())
                .containsExactlyInAnyOrder(Setting.values());
        assertThat(city.sensors().stream().map(s -> s.sensorId()).distinct()).hasSameSizeAs(city.sensors());
        assertThat(city.corridors()).hasSize(3).allSatisfy(corridor -> {
            for (int i = 1; i < corridor.detectors().size(); i++) {
                double spacing = corridor.detectors().get(i).positionM()
                        - corridor.detectors().get(i - 1).positionM();
                assertThat(spacing).isBetween(250.0, 620.0);
            }
        });
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
        List<String> first = publish(simulation(11), 180);
        List<String> second = publish(simulation(11), 180);
        List<String> other = publish(simulation(12), 180);

        assertThat(first).hasSizeGreaterThan(150 * 180).isEqualTo(second).isNotEqualTo(other);
    }

    @Test
    void notAskingForReadingsChangesNothingLater() {
        CitySimulation whole = simulation(11);
        publish(whole, 120);
        CitySimulation quick = simulation(11);
        for (int i = 0; i < 120; i++) {
            quick.advance();
        }

        assertThat(publish(quick, 30)).isEqualTo(publish(whole, 30));
    }

    @Test
    void flowSpeedAndOccupancyOfAReadingAgree() {
        List<TrafficReading> readings = new ArrayList<>();
        CitySimulation simulation = simulation(5);
        for (int i = 0; i < 10 * 60; i++) {
            readings.addAll(simulation.advance().traffic());
        }

        assertThat(readings).allSatisfy(reading -> {
            assertThat(Objects.requireNonNull(reading.occupancy())).isBetween(0.0, 1.0);
            assertThat(reading.averageSpeedKmh() == null).isEqualTo(count(reading) == 0);
        });
        // k = q / v on one side, occupancy by effective length on the other
        assertThat(readings.stream().filter(r -> count(r) > 5 && Objects.requireNonNull(r.occupancy()) < 0.9))
                .allSatisfy(reading -> {
                    double speed = Objects.requireNonNull(reading.averageSpeedKmh());
                    double byFlow = count(reading) * 60 / speed;
                    double byOccupancy = Objects.requireNonNull(reading.occupancy()) * 1000 / 6.5;
                    assertThat(byOccupancy / byFlow).isBetween(0.85, 1.25);
                });
    }

    @Test
    void theSpaceMeanOverLanesIsTheSpeedOfTheRoad() {
        CitySimulation simulation = simulation(5);
        CorridorMinute ring = simulation.advance().corridors().get(0);
        for (int i = 0; i < 9 * 60; i++) {
            ring = simulation.advance().corridors().get(0);
        }
        int cell = ring.cellAt(5_000);
        LaneTraffic[] lanes = LaneTraffic.of(ring, cell);
        double flow = 0;
        double time = 0;
        for (LaneTraffic lane : lanes) {
            flow += lane.flowVehH();
            time += lane.flowVehH() / lane.speedKmh();
        }
        assertThat(flow).isCloseTo(ring.flowVehH(cell), within(1e-6));
        assertThat(flow / time).isCloseTo(ring.speedKmh(cell), within(1e-6));
    }

    @Test
    void sequenceNumbersCountTimeSoThatNoneIsEverUsedTwice() {
        Map<String, Long> last = new HashMap<>();
        CitySimulation simulation = simulation(3);
        for (int i = 0; i < 60; i++) {
            for (TrafficReading reading : simulation.advance().traffic()) {
                Long sequence = Objects.requireNonNull(reading.sequence());
                Long before = last.put(reading.sensorId(), sequence);
                assertThat(before == null || sequence == before + 1).isTrue();
            }
        }
        assertThat(last).hasSize(66);
    }

    @Test
    void airIsWorstAtTheRoadInTheRushAndCleanInTheCountry() {
        CitySimulation simulation = simulation(4);
        Map<String, List<AirQualityReading>> night = new HashMap<>();
        Map<String, List<AirQualityReading>> rush = new HashMap<>();
        for (int i = 0; i < 48 * 60; i++) {
            CityMinute minute = simulation.advance();
            int hour = minute.end().atZone(city.timeZone()).getHour();
            Map<String, List<AirQualityReading>> kept = hour == 3 ? night : hour == 8 ? rush : new HashMap<>();
            minute.air()
                    .forEach(r -> kept.computeIfAbsent(r.sensorId(), id -> new ArrayList<>())
                            .add(r));
        }

        assertThat(no2(rush, "air-lind-01")).isGreaterThan(1.5 * no2(night, "air-lind-01"));
        assertThat(no2(rush, "air-lind-01")).isGreaterThan(1.3 * no2(rush, "air-lind-06"));
        assertThat(no2(rush, "air-lind-06")).isGreaterThan(no2(rush, "air-lind-12"));
        assertThat(mean(rush, "air-lind-01", r -> r.o3UgM3())).isLessThan(mean(rush, "air-lind-12", r -> r.o3UgM3()));
        assertThat(rush.get("air-lind-01")).allSatisfy(reading -> {
            assertThat(reading.periodSeconds()).isEqualTo(300);
            assertThat(reading.observedAt().getEpochSecond() % 300).isZero();
        });
    }

    private CitySimulation simulation(long seed) {
        return new CitySimulation(city, seed, Conditions.ordinary(), SUNDAY_NIGHT);
    }

    private static List<String> publish(CitySimulation simulation, int minutes) {
        List<String> bytes = new ArrayList<>();
        for (int i = 0; i < minutes; i++) {
            CityMinute minute = simulation.advance();
            minute.traffic().forEach(reading -> bytes.add(text(reading)));
            minute.air().forEach(reading -> bytes.add(text(reading)));
        }
        return bytes;
    }

    private static String text(Object reading) {
        return new String(JsonCodec.write(reading), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static int count(TrafficReading reading) {
        return Objects.requireNonNull(reading.vehicleCount());
    }

    private static double no2(Map<String, List<AirQualityReading>> readings, String station) {
        return mean(readings, station, r -> r.no2UgM3());
    }

    private static double mean(
            Map<String, List<AirQualityReading>> readings,
            String station,
            java.util.function.Function<AirQualityReading, Double> field) {
        return Objects.requireNonNull(readings.get(station)).stream().collect(Collectors.averagingDouble(field::apply));
    }
}
