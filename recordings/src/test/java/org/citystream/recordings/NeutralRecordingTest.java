package org.citystream.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeutralRecordingTest {
    private static final String TRAFFIC =
            "sensorId,observedAt,periodSeconds,laneId,vehicleCount,averageSpeedKmh,occupancy\n";
    private static final String AIR = "sensorId,observedAt,pm25UgM3,no2UgM3\n";

    @TempDir
    Path folder = Path.of("");

    @Test
    void trafficAndAirArePlayedTogetherInOrderOfTime() throws Exception {
        write(
                "traffic.csv",
                TRAFFIC + "loop-1,2026-11-23T08:00:00Z,60,1,14,37.5,0.21\n"
                        + "loop-1,2026-11-23T08:02:00Z,60,1,,,0.25\n");
        gzip("air.csv.gz", AIR + "air-1,2026-11-23T08:01:00Z,18.4,\n");
        write("sensors.geojson", """
                {"type":"FeatureCollection","features":[
                 {"type":"Feature","geometry":{"type":"Point","coordinates":[10.2,56.1]},
                  "properties":{"sensorId":"loop-1","kind":"traffic","cityId":"aarhus","laneCount":2}}]}
                """);

        Recording recording = Recording.open(folder, null, "my-town", null, null);

        assertThat(texts(recording))
                .containsExactly(
                        "{\"sensorId\":\"loop-1\",\"observedAt\":\"2026-11-23T08:00:00Z\",\"periodSeconds\":60,\"laneId\":1,\"vehicleCount\":14,\"averageSpeedKmh\":37.5,\"occupancy\":0.21}",
                        "{\"sensorId\":\"air-1\",\"observedAt\":\"2026-11-23T08:01:00Z\",\"pm25UgM3\":18.4}",
                        "{\"sensorId\":\"loop-1\",\"observedAt\":\"2026-11-23T08:02:00Z\",\"periodSeconds\":60,\"laneId\":1,\"occupancy\":0.25}");
        assertThat(recording.sensors()).extracting(Sensor::sensorId).containsExactly("air-1", "loop-1");
        assertThat(recording.sensors()).extracting(Sensor::cityId).containsExactly("my-town", "aarhus");
        assertThat(recording.has(SensorKind.AIR)).isTrue();
    }

    @Test
    void aFileOutOfOrderIsSorted() throws Exception {
        write("air.csv", AIR + "a,2026-11-23T09:00:00Z,2,\na,2026-11-23T08:00:00Z,1,\na,2026-11-23T10:00:00Z,3,\n");

        assertThat(Recording.open(folder, null, "x", null, null).readings())
                .toIterable()
                .extracting(reading -> reading.observedAt().toString())
                .containsExactly("2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z");
    }

    @Test
    void aRowThatMeasuresNothingIsLeftOutAndCounted() throws Exception {
        write("air.csv", AIR + "a,2026-11-23T08:00:00Z,,\na,2026-11-23T09:00:00Z,,4\n");

        Recording recording = Recording.open(folder, null, "x", null, null);

        assertThat(recording.count()).isEqualTo(1);
        assertThat(recording.empty()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loop-1,2026-11-23T08:00:00Z,60,1,many,37.5,0.2 | line 3, column vehicleCount: is not a whole number: 'many'",
                "loop-1,2026-11-23T08:00:00Z,60,1,14,fast,0.2   | line 3, column averageSpeedKmh: is not a number: 'fast'",
                "loop-1,2026-11-23T08:00:00Z,60,1,14,NaN,0.2    | line 3, column averageSpeedKmh: is not a finite number",
                "loop-1,23/11/2026 08:00,60,1,14,37.5,0.2       | line 3, column observedAt: is not a UTC time",
                ",2026-11-23T08:00:00Z,60,1,14,37.5,0.2         | line 3, column sensorId: is empty",
                "city/#,2026-11-23T08:00:00Z,60,1,14,37.5,0.2   | line 3: sensorId must match",
                "loop-1,+10000-01-01T00:00:00Z,60,1,14,37.5,0.2 | line 3, column observedAt: is not a UTC time",
                "loop-1,2026-11-23T08:00:00Z,60,1,14            | line 3: has 5 fields, but the header names 7 columns",
            })
    void whatCannotBeReadIsNamedByFileLineAndColumn(String row, String message) throws Exception {
        write("traffic.csv", TRAFFIC + "loop-1,2026-11-23T07:59:00Z,60,1,14,37.5,0.2\n" + row + "\n");

        assertThatThrownBy(() -> Recording.open(folder, null, "x", null, null))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("traffic.csv, " + message.strip());
    }

    @Test
    void aMisspeltColumnIsAnsweredWithTheNearestKnownOne() throws Exception {
        write("traffic.csv", "sensorId,observedAt,vehicelCount\na,2026-11-23T08:00:00Z,3\n");

        assertThatThrownBy(() -> Recording.open(folder, null, "x", null, null))
                .hasMessageContaining("'vehicelCount' is unknown; did you mean 'vehicleCount'?");
    }

    @Test
    void aMissingColumnAndAnEmptyFolderAreNamed() throws Exception {
        assertThatThrownBy(() -> Recording.open(folder, null, "x", null, null))
                .hasMessageContaining("no recording is recognised")
                .hasMessageContaining("traffic.csv");
        write("traffic.csv", "sensorId,vehicleCount\na,3\n");
        assertThatThrownBy(() -> Recording.open(folder, null, "x", null, null))
                .hasMessageContaining("column 'observedAt' is missing");
    }

    @Test
    void aBrokenSensorFileIsNamed() throws Exception {
        write("air.csv", AIR + "a,2026-11-23T08:00:00Z,1,\n");
        write(
                "sensors.geojson",
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{}}]}");

        assertThatThrownBy(() -> Recording.open(folder, null, "x", null, null))
                .hasMessageContaining("sensors.geojson: features[0]");
    }

    private static List<String> texts(Recording recording) {
        List<String> texts = new ArrayList<>();
        recording.readings().forEachRemaining(reading -> texts.add(ReadingJson.text(reading)));
        return texts;
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private void gzip(String name, String text) throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
