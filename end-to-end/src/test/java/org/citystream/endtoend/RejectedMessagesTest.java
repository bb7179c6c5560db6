package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.gateway.Gateway;
import org.citystream.gateway.GatewayConfig;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.config.Configuration;
import org.citystream.stack.command.RejectedCommand;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.MqttExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole way of a message that could not be understood: rejected, saved, corrected, replayed, and then a reading. */
class RejectedMessagesTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final MqttExtension mqtt = new MqttExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "city/lindholm/traffic/loop-1";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void home() {
        System.setProperty("city.home", directory.toString());
        kafka.empty(Topics.READINGS_REJECTED, Topics.READINGS_TRAFFIC);
    }

    @AfterEach
    void forget() {
        System.clearProperty("city.home");
    }

    /** {@code ./city rejected ...}. */
    private void rejected(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--kafka=" + kafka.bootstrapServers());
        StringWriter told = new StringWriter();
        CommandLine city = new CommandLine(new RejectedCommand());
        city.setOut(new PrintWriter(told));
        city.setErr(new PrintWriter(told));
        assertThat(city.execute(all.toArray(String[]::new))).as("%s", told).isZero();
    }

    private static List<ConsumerRecord<@Nullable String, byte[]>> messages(Topic topic) {
        return kafka.consumeAll(topic.name()).stream()
                .filter(record -> record.headers().lastHeader("mqtt-topic") != null)
                .toList();
    }

    private static boolean isReady(Gateway gateway) throws Exception {
        URI ready = URI.create("http://127.0.0.1:" + gateway.httpPort() + "/health/ready");
        return HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    @Test
    void aCorrectedMessageIsReplayedAndBecomesAReading() throws Exception {
        String[] settings = {
            "--mqtt-url=" + mqtt.url(),
            "--mqtt-client-id=rejected-messages",
            "--kafka-bootstrap-servers=" + kafka.bootstrapServers(),
            "--http-port=0"
        };
        try (Gateway gateway = Gateway.start(
                Configuration.load(new GatewayConfig(), settings, Map.of()), InstantSource.system(), () -> {})) {
            await().atMost(PATIENCE).until(() -> isReady(gateway));
            String bad = "{\"sensorId\":\"loop-1\",\"observedAt\":\"yesterday\",\"vehicleCount\":14}";
            mqtt.publish(TOPIC, bad.getBytes(StandardCharsets.UTF_8), Map.of(), false);
            await().atMost(PATIENCE)
                    .until(() -> messages(Topics.READINGS_REJECTED).size() == 1);

            Path fix = directory.resolve("fix");
            rejected("show", "--reason=bad-time", "--save=" + fix);
            Instant observedAt = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
            Path file = fix.resolve("0-0");
            Files.writeString(file, Files.readString(file).replace("yesterday", observedAt.toString()));
            rejected("replay", "--corrected=" + fix, "--mqtt=" + mqtt.url(), "--data-dir=" + directory);

            await().atMost(PATIENCE)
                    .until(() -> messages(Topics.READINGS_TRAFFIC).size() == 1);
            ConsumerRecord<@Nullable String, byte[]> record =
                    messages(Topics.READINGS_TRAFFIC).get(0);
            TrafficReading reading = JsonCodec.read(record.value(), TrafficReading.class);
            assertThat(reading.observedAt()).isEqualTo(observedAt);
            assertThat(reading.vehicleCount()).isEqualTo(14);
            assertThat(record.headers().lastHeader("replay-of").value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("0-0");
            assertThat(messages(Topics.READINGS_REJECTED)).hasSize(1);
        }
    }
}
