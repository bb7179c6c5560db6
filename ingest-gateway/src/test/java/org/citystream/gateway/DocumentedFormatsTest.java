package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of docs/formats.md, typed as it stands there, becomes the reading it says it is. */
class DocumentedFormatsTest {
    /** What each example is a reading of. */
    private static final Map<String, String> SENSORS = new TreeMap<>(Map.of(
            "native-traffic", "my-loop",
            "native-air", "my-station",
            "senml-json", "balcony",
            "senml-cbor", "box",
            "things-stack", "app1:dev1",
            "ngsi-ld-traffic", "urn:ngsi-ld:TrafficFlowObserved:ring-1",
            "ngsi-ld-air", "urn:ngsi-ld:AirQualityObserved:square",
            "sensor-community", "esp8266-418466",
            "mapping", "meter-7"));

    @TempDir
    Path directory;

    @Test
    void everyExampleBecomesAReading() throws Exception {
        Mosquitto.program("mosquitto_pub");
        Path formats =
                Files.writeString(directory.resolve("formats.yaml"), Documentation.block("formats.md", "formats.yaml"));
        List<Documentation.Block> examples = Documentation.blocks("formats.md").stream()
                .filter(block -> block.text().contains("mosquitto_pub"))
                .toList();
        assertThat(examples)
                .extracting(Documentation.Block::name)
                .containsExactlyInAnyOrderElementsOf(SENSORS.keySet());
        try (City city = new City(directory);
                Gateway gateway = city.gateway("--formats-file=" + formats)) {
            Probe.of(gateway).awaitReady();
            for (Documentation.Block example : examples) {
                run(example.text().replace("-p 1883", "-p " + city.broker().port()));
            }
            await().atMost(Probe.PATIENCE)
                    .until(() -> readings(city).size()
                                    + city.records(Topics.READINGS_REJECTED).size()
                            >= SENSORS.size());
            assertThat(city.records(Topics.READINGS_REJECTED))
                    .extracting(record -> City.header(record, "reason") + ": " + City.header(record, "detail"))
                    .isEmpty();
            assertThat(readings(city)).containsExactlyInAnyOrderElementsOf(SENSORS.values());
        }
    }

    private static List<String> readings(City city) {
        return java.util.stream.Stream.of(Topics.READINGS_TRAFFIC, Topics.READINGS_AIR)
                .flatMap(topic -> city.readings(topic).stream())
                .map(ConsumerRecord::key)
                .map(String::valueOf)
                .toList();
    }

    private void run(String script) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process shell = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue())
                .as("%s%n%s", script, Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
    }
}
