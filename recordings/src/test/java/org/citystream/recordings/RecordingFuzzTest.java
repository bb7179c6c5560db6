package org.citystream.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.citystream.model.place.InvalidSensorsException;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorGeoJson;
import org.citystream.model.wire.JsonCodec;

/**
 * Coverage-guided search for files of recordings without an answer. {@link RecordingCorpusTest} goes over the kept ones;
 * {@code docs/security.md} has the command.
 */
class RecordingFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void trafficCsv(byte[] csv) throws IOException {
        play("traffic.csv", csv);
    }

    @FuzzTest(maxDuration = "10m")
    void airCsv(byte[] csv) throws IOException {
        play("air.csv", csv);
    }

    /** Either it says what is wrong, or every reading can be sent and every sensor registered. */
    private static void play(String name, byte[] csv) throws IOException {
        Path folder = Files.createTempDirectory("recording");
        Path file = folder.resolve(name);
        try {
            Files.write(file, csv);
            Recording recording = Recording.open(folder, null, "lindholm", null, null);
            long count = 0;
            for (Iterator<RecordedReading> readings = recording.readings(); readings.hasNext(); count++) {
                RecordedReading reading = readings.next();
                assertThat(reading.observedAt().toString())
                        .as("as RFC 3339 has it")
                        .hasSizeLessThanOrEqualTo(30);
            }
            assertThat(count).isEqualTo(recording.count());
            roundTrip(recording.sensors());
        } catch (RecordingException e) {
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void truthCsv(byte[] csv) throws IOException {
        Path file = Files.createTempFile("truth", ".csv");
        try {
            Files.write(file, csv);
            TruthFile.read(file).forEach(row -> assertThat(row.subject()).isNotEmpty());
        } catch (RecordingException e) {
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            Files.delete(file);
        }
    }

    /** What {@code ./city sensors import} and recordings take. */
    @FuzzTest(maxDuration = "10m")
    void sensorsGeoJson(byte[] json) {
        try {
            roundTrip(SensorGeoJson.read(json));
        } catch (InvalidSensorsException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private static void roundTrip(List<Sensor> sensors) {
        try {
            assertThat(SensorGeoJson.read(JsonCodec.write(SensorGeoJson.write(sensors))))
                    .isEqualTo(sensors);
        } catch (InvalidSensorsException e) {
            throw new AssertionError("what was written is refused", e);
        }
    }
}
