package org.citystream.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.Detector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CityFileTest {
    private static final String SMALLEST = """
            id: little
            timeZone: Europe/Copenhagen
            centre: {latitude: 56.15, longitude: 10.2}
            roads:
              - id: main
                lanes: 2
                demand: {peakVehH: 2000}
                ramps:
                  - {positionM: 500, entryShare: 0.1}
                line: [[10.20, 56.15], [10.20, 56.17]]
            """;

    @TempDir
    Path directory;

    @Test
    void theSmallestFileMakesACityOfUsualRoadsAndDetectors() throws IOException {
        City city = read(SMALLEST).city();

        Corridor main = city.corridor("main");
        assertThat(main.lengthM()).isBetween(2_200.0, 2_250.0);
        assertThat(main.diagram()).isEqualTo(RoadPlan.URBAN_STREET);
        assertThat(main.detectors())
                .extracting(Detector::positionM)
                .containsExactly(200.0, 600.0, 1_000.0, 1_400.0, 1_800.0);
        assertThat(main.detectors()).extracting(Detector::sensorId).startsWith("loop-main-01");
        assertThat(city.stations()).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        for (CityPlan plan : new CityPlan[] {Lindholm.plan(), Variation.of(3).corridorCity()}) {
            Path file = directory.resolve("city.yaml");
            CityFile.write(plan, file);

            assertThat(CityFile.read(file)).isEqualTo(plan);
        }
    }

    @Test
    void jsonIsReadToo() throws IOException {
        assertThat(read("""
                {"id": "little", "timeZone": "UTC", "centre": {"latitude": 56, "longitude": 10}, "roads": [
                 {"id": "main", "lanes": 1, "demand": {"peakVehH": 900}, "line": [[10.2, 56.1], [10.2, 56.2]]}]}
                """).city().corridors()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lanes: 2 | lanes: 7 | roads[0]: lanes must be 1 to 4 but is 7",
                "peakVehH: 2000 | peakVehH: 9, profil: both | roads[0].demand.profil: is not known here; did you mean 'profile'?",
                "lanes: 2 | lanes: two | roads[0].lanes",
                "id: main | id: ma in | roads[0]: id must match",
                "demand: {peakVehH: 2000} | demand: {peakVehH: -1} | roads[0].demand: peakVehH must be within 0..20000",
                "demand: {peakVehH: 2000} | demand: {peakVehH: 9, profile: noon} | demand.profile 'noon' is neither",
                "demand: {peakVehH: 2000} | name: x | demand is missing",
                "positionM: 500 | positionM: 5000 | roads[0]: ramps[0].positionM must be at least 200 m from the ends",
                "entryShare: 0.1 | exitShare: 1.5 | roads[0].ramps[0]: a ramp either adds or takes",
                "[10.20, 56.17] | [56.17] | roads[0]: line[1] must be [longitude, latitude]",
                "[10.20, 56.17] | [10.20, 560.17] | latitude must be within -90..90",
                "[10.20, 56.17] | [10.20, 56.151] | line must be 1000 m to 300 km long",
                "timeZone: Europe/Copenhagen | timeZone: Europe/Nowhere | timeZone",
                "centre: | middle: | centre is missing",
                "roads: | rest: [ | line",
            })
    void whatIsWrongIsToldWithItsPlace(String good, String bad, String message) {
        String text = SMALLEST.replace(good, bad);
        assertThat(text).isNotEqualTo(SMALLEST);

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("city.yaml: ")
                .hasMessageContaining(message);
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> read(SMALLEST + "id: again\n"))
                .hasMessageContaining("Duplicate field 'id'")
                .hasMessageContaining("line 11");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThatThrownBy(() -> CityFile.read(directory.resolve("nowhere.yaml")))
                .hasMessageContaining("cannot read the city file")
                .hasMessageContaining("nowhere.yaml");
    }

    private CityPlan read(String text) throws IOException {
        Path file = directory.resolve("city.yaml");
        Files.writeString(file, text);
        return CityFile.read(file);
    }
}
