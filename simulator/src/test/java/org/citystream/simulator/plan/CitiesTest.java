package org.citystream.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.city.Conditions;
import org.citystream.simulator.city.Corridor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CitiesTest {
    @Test
    void aGridHasStreetsInBothDirections() {
        City city = Cities.named("grid:rows=3,columns=5,blockM=800,lanes=1", 1).city();

        assertThat(city.id()).isEqualTo("grid");
        assertThat(city.corridors())
                .hasSize(2 * (3 + 5))
                .allSatisfy(road -> assertThat(road.lanes()).isEqualTo(1));
        assertThat(city.corridor("row-1e").lengthM()).isBetween(4_350.0, 4_450.0);
        assertThat(city.corridor("row-1e").ramps()).hasSize(10);
        assertThat(city.corridor("column-1n").lengthM()).isBetween(2_750.0, 2_850.0);
        assertThat(city.stations()).hasSize(12);
    }

    @Test
    void ringsAndArmsTogetherAreOneCity() {
        City city = Cities.named("ring:rings=2,radiusKm=3+radial:arms=5,lengthKm=7", 1)
                .city();

        assertThat(city.id()).isEqualTo("ring-radial");
        assertThat(city.corridors()).hasSize(2 * 2 + 2 * 5);
        assertThat(city.corridor("ring-2r").lengthM()).isBetween(36_000.0, 37_000.0);
        assertThat(city.corridor("arm-3-in").lengthM()).isBetween(6_350.0, 6_450.0);
        assertThat(city.sensors().stream().map(sensor -> sensor.sensorId()).distinct())
                .hasSameSizeAs(city.sensors());
    }

    @ParameterizedTest
    @CsvSource({"grid, 3000", "ring, 3000", "radial, 3000", "grid, 1", "grid, 100000"})
    void aCityHasAsManyDetectorsAsWantedAndNotManyMore(String kind, int wanted) {
        City city = Cities.named(kind + ":stations=2,detectors=" + wanted, 1).city();

        int detectors = detectors(city);
        assertThat(detectors).isBetween((int) (wanted * 0.97), Math.max(20, (int) (wanted * 1.3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grid", "ring", "radial", "ring+radial", "varied", "lindholm"})
    void everyCityDrivesAndMeasures(String name) {
        City city = Cities.named(name, 4).city();
        CitySimulation simulation =
                new CitySimulation(city, 4, Conditions.ordinary(), Instant.parse("2026-11-24T05:00:00Z"));
        CityMinute minute = simulation.advance();
        for (int i = 1; i < 120; i++) {
            minute = simulation.advance();
        }

        assertThat(minute.traffic())
                .hasSize(city.corridors().stream()
                        .mapToInt(road -> road.lanes() * road.detectors().size())
                        .sum());
        assertThat(minute.corridors())
                .allSatisfy(road -> assertThat(road.flowVehH(road.cells() / 2))
                        .as(road.corridor().id())
                        .isGreaterThan(100));
        assertThat(minute.air()).hasSameSizeAs(city.stations());
    }

    @Test
    void aGeneratedCityIsAFileLikeAnyOther(@TempDir Path directory) {
        CityPlan plan = Cities.named("ring+radial:arms=3", 1);
        Path file = directory.resolve("city.yaml");
        CityFile.write(plan, file);

        assertThat(Cities.named(file.toString(), 1)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grid:row=3 | 'grid:row=3': row is not known here; did you mean 'rows'",
                "grid:rows=0 | rows must be within 1.0..1000.0 but is 0.0",
                "grid:rows=2.5 | rows must be a whole number",
                "grid:rows | 'rows' is no setting such as rows=6",
                "ring:detectors=900000 | detectors must be within 1.0..200000.0",
                "star:arms=3 | there is no city file",
                "nowhere.yaml | known cities are lindholm, varied, and generated ones such as grid:rows=6",
            })
    void whatCannotBeGeneratedIsExplained(String name, String message) {
        assertThatThrownBy(() -> Cities.named(name, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static int detectors(City city) {
        return city.corridors().stream()
                .map(Corridor::detectors)
                .mapToInt(List::size)
                .sum();
    }
}
