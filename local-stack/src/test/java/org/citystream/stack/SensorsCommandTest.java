package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The registry as {@code ./city sensors} changes it. */
class SensorsCommandTest {
    private static final String TWO = """
            {"type":"FeatureCollection","features":[
             {"type":"Feature","geometry":{"type":"Point","coordinates":[11.93,57.7]},
              "properties":{"sensorId":"loop-1","kind":"traffic","cityId":"c","laneCount":2,"lengthM":500}},
             {"type":"Feature","geometry":null,"properties":{"sensorId":"air-1","kind":"air","cityId":"c"}}]}
            """;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @TempDir
    Path place;

    private CommandLineOnStack city;

    @BeforeEach
    void start() throws IOException {
        kafka.empty(Topics.SENSORS, Topics.CLOCK);
        int port = URI.create("kafka://" + kafka.bootstrapServers()).getPort();
        city = new CommandLineOnStack(Files.createDirectories(place.resolve("data")), port - 9092);
    }

    @AfterAll
    static void leaveNothingBehind() {
        kafka.empty(Topics.SENSORS, Topics.CLOCK);
    }

    @Test
    void sensorsAreWrittenWhereTheyAreNewOrHaveChanged() throws IOException {
        assertThat(importing(TWO)).as(city.err()).isZero();
        assertThat(city.out()).contains("2 new, 0 changed, 0 unchanged");
        kafka.produce(Topics.CLOCK, null, new ClockState(Instant.parse("2026-11-23T08:15:30Z"), 0, null, "wall"));

        assertThat(importing(TWO.replace("\"laneCount\":2", "\"laneCount\":3"))).isZero();

        assertThat(city.out())
                .contains("loop-1", "version 1 -> 2, from 2026-11-23T08:17:00Z", "    laneCount: 2 -> 3")
                .contains("0 new, 1 changed, 1 unchanged");
        assertThat(keys()).containsExactlyInAnyOrder("loop-1@1", "air-1@1", "loop-1@2");
    }

    @Test
    void whatIsExportedImportsAsUnchanged() throws IOException {
        importing(TWO);
        Path file = place.resolve("export.geojson");

        assertThat(city.run("sensors", "export", file.toString())).isZero();
        assertThat(city.out()).contains("2 sensors written to " + file);
        assertThat(city.run("sensors", "import", file.toString()))
                .as(city.err())
                .isZero();

        assertThat(city.out()).contains("0 new, 0 changed, 2 unchanged");
        assertThat(keys()).hasSize(2);
    }

    @Test
    void nothingIsWrittenWhereAnythingIsWrong() throws IOException {
        assertThat(importing(TWO.replace("\"laneCount\":2", "\"laneCount\":-2").replace("\"air\"", "\"rain\"")))
                .isEqualTo(1);

        assertThat(city.err())
                .contains(
                        "nothing has been written",
                        "features[0].properties: laneCount must be above 0",
                        "features[1].properties.kind: ",
                        "what to do: ");
        assertThat(keys()).isEmpty();
        assertThat(city.run("sensors", "import", place.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(city.err()).contains("cannot read");
    }

    @Test
    void aRetiredSensorIsAnotherVersionAheadOfTheClock() throws IOException {
        importing(TWO);
        kafka.produce(Topics.CLOCK, null, new ClockState(Instant.parse("2026-11-23T08:15:30Z"), 0, null, "wall"));

        assertThat(city.run("sensors", "retire", "loop-1", "nobody")).isEqualTo(1);
        assertThat(city.err()).contains("nothing has been written", "not registered: nobody");
        assertThat(keys()).hasSize(2);

        assertThat(city.run("sensors", "retire", "--dry-run", "loop-1")).isZero();
        assertThat(keys()).hasSize(2);

        assertThat(city.run("sensors", "retire", "loop-1")).isZero();
        assertThat(city.out()).contains("version 1 -> 2, from 2026-11-23T08:17:00Z", "    retired: false -> true");
        assertThat(city.run("sensors", "retire", "loop-1")).isZero();
        assertThat(city.out()).contains("0 new, 0 changed, 1 unchanged");
        assertThat(keys()).containsExactlyInAnyOrder("loop-1@1", "air-1@1", "loop-1@2");
    }

    private int importing(String geoJson) throws IOException {
        return city.run(
                "sensors",
                "import",
                Files.writeString(place.resolve("sensors.geojson"), geoJson).toString());
    }

    private static List<@Nullable String> keys() {
        return kafka.consumeAll(Topics.SENSORS.name()).stream()
                .map(ConsumerRecord::key)
                .toList();
    }
}
