package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.RecordedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All files of nst/JSONTestSuite (MIT), published as readings: each comes out whole, with a reason, and nothing breaks. */
class JsonTestSuiteThroughMqttTest {
    private static final String TOPIC = "city/lindholm/traffic/json-";
    /** What is said of valid JSON that is no reading. */
    private static final Set<String> PARSED = Set.of("missing-field", "wrong-type");

    @TempDir
    Path directory;

    @Test
    void everyFileIsRefusedWithAReasonAndNothingBreaks() throws Exception {
        List<Path> files = files();
        assertThat(files).hasSize(318);
        try (City city = new City(directory);
                Gateway gateway = city.gateway();
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe.of(gateway).awaitReady();
            for (int i = 0; i < files.size(); i++) {
                publisher.publish(TOPIC + i, Files.readAllBytes(files.get(i)), Map.of(), false);
            }
            publisher.publish(TOPIC + "good", City.reading("json-good", Instant.now(), 1));
            publisher.settle();
            await().atMost(Probe.PATIENCE)
                    .until(() -> city.readings(Topics.READINGS_TRAFFIC).size() == 1
                            && city.records(Topics.READINGS_REJECTED).size() >= files.size());
            Map<String, String> reasons = reasons(city, files);
            assertThat(reasons).hasSize(318).doesNotContainValue("decoder-failed");
            assertThat(count(reasons, "n_", false))
                    .as("n_ refused for their syntax")
                    .isEqualTo(188);
            assertThat(count(reasons, "y_", true)).as("y_ parsed").isGreaterThanOrEqualTo(92);
            assertThat(Probe.of(gateway).metric("gateway_rejected_total")).isEqualTo(318);
            assertThat(Probe.of(gateway).metric("gateway_connection_losses_total"))
                    .isZero();
            Map<String, Integer> summary = new TreeMap<>();
            reasons.forEach((file, reason) -> summary.merge(file.charAt(0) + "_ " + reason, 1, Integer::sum));
            System.out.println("JSONTestSuite through MQTT: " + summary);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(RecordedData.require("json-test-suite"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** By file; asserts on the way that the messages are whole. */
    private static Map<String, String> reasons(City city, List<Path> files) throws IOException {
        Map<String, String> reasons = new HashMap<>();
        for (ConsumerRecord<?, byte[]> record : city.records(Topics.READINGS_REJECTED)) {
            Path file =
                    files.get(Integer.parseInt(City.header(record, "mqtt-topic").substring(TOPIC.length())));
            assertThat(record.value()).as("%s", file).isEqualTo(Files.readAllBytes(file));
            assertThat(City.header(record, "detail")).as("%s", file).isNotBlank();
            reasons.put(file.getFileName().toString(), City.header(record, "reason"));
        }
        return reasons;
    }

    private static long count(Map<String, String> reasons, String prefix, boolean parsed) {
        return reasons.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix) && PARSED.contains(entry.getValue()) == parsed)
                .count();
    }
}
