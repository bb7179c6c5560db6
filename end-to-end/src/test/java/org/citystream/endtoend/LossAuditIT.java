package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.endtoend.CityCommand.Output;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateway and simulator are killed under load; {@code ./city verify} finds nothing lost, and what is planted, it finds. */
class LossAuditIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SIMULATOR = 8092;

    @TempDir
    Path dataDirectory = Path.of("");

    @Test
    void killsLoseNothingAndWhatIsPlantedIsFound() throws Exception {
        Path received = dataDirectory.resolveSibling(dataDirectory.getFileName() + "-received.jsonl");
        try (CityStack stack = CityStack.up(dataDirectory, "--ledger")) {
            int hook = CityStack.freePort();
            Process listener = stack.start("webhook", "listen", "--port", "" + hook, "--log", received.toString());
            try {
                stack.city("webhook", "add", "http://127.0.0.1:" + hook + "/");
                awaitAcknowledged(stack, 2_000);
                stack.kill("gateway");
                awaitAcknowledged(stack, 10_000);
                stack.kill("simulator");
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> stack.get(SIMULATOR, "/api/v1/progress")
                                .path("state")
                                .asText()
                                .equals("running"));
                await().atMost(PATIENCE).until(() -> Files.exists(received) && Files.size(received) > 0);

                ObjectNode report = verify(stack, 0, "--wait", "PT2M", "--webhook-log", received.toString());
                JsonNode messages = report.path("messages");
                assertThat(messages.path("sent").asInt()).isGreaterThan(30_000);
                for (String failure : List.of("lost", "corrupted", "phantom")) {
                    assertThat(messages.path(failure).asInt(-1)).as(failure).isZero();
                }
                assertThat(messages.path("duplicate").asInt())
                        .as("sent again by the restarted simulator")
                        .isPositive();
                assertThat(report.at("/examples/messages~1duplicate")).isNotEmpty();
                assertThat(report.at("/traffic/counted").asInt()).isGreaterThan(20_000);
                assertThat(report.at("/traffic/points").asInt()).isGreaterThan(1_000);
                assertThat(report.at("/air/counted").asInt()).isPositive();
                assertThat(report.at("/alerts/alerts").asInt()).isPositive();
                assertThat(report.at("/deliveries/received").asInt()).isPositive();

                plant(stack);
                JsonNode planted = verify(stack, 1).path("messages");
                for (String failure : List.of("lost", "corrupted", "phantom")) {
                    assertThat(planted.path(failure).asInt(-1)).as(failure).isEqualTo(1);
                }
                assertThat(planted.path("extra-copies").asInt())
                        .isGreaterThan(messages.path("extra-copies").asInt());
            } finally {
                listener.descendants().forEach(ProcessHandle::destroy);
                listener.destroy();
                listener.waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            Files.deleteIfExists(received);
        }
    }

    private static void awaitAcknowledged(CityStack stack, long count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> stack.get(SIMULATOR, "/api/v1/progress")
                                .path("acknowledged")
                                .asLong()
                        >= count);
    }

    private static ObjectNode verify(CityStack stack, int status, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("verify", "--json"));
        command.addAll(List.of(options));
        Output output = stack.city(PATIENCE.plusMinutes(1), command);
        assertThat(output.status()).as(output.text()).isEqualTo(status);
        return (ObjectNode) JsonCodec.internal()
                .readTree(output.text().substring(output.text().indexOf('{')));
    }

    /** A loss by the documented format of the ledger; a duplicate, a corruption and a phantom among the readings. */
    private void plant(CityStack stack) throws Exception {
        Path ledger = dataDirectory.resolve("simulator/ledger");
        ConsumerRecord<String, byte[]> record;
        ConsumerRecord<String, byte[]> other;
        try (TopicContents topics = new TopicContents(stack.kafka())) {
            List<ConsumerRecord<String, byte[]>> readings = topics.of(Topics.READINGS_TRAFFIC);
            record = readings.get(0);
            other = readings.get(1);
        }
        Files.writeString(
                ledger.resolve("999999.ledger"),
                "o 900000000 " + Instant.now() + "\n" + "s 900000000 " + record.key() + " lost 1 - 1795421730000 0f\n"
                        + "a 900000000\n");
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(record.topic(), record.key(), record.value()));
            ObjectNode altered = (ObjectNode) JsonCodec.internal().readTree(other.value());
            altered.put("averageSpeedKmh", 123.4);
            producer.send(new ProducerRecord<>(other.topic(), other.key(), JsonCodec.write(altered)));
            altered.put("bootId", "never-sent");
            producer.send(new ProducerRecord<>(other.topic(), other.key(), JsonCodec.write(altered)))
                    .get();
        }
    }
}
