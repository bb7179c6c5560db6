package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;
import org.citystream.recordings.RecordingException;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.simulator.capture.Capture;
import org.citystream.simulator.capture.MqttListener;
import org.citystream.simulator.publish.MqttSettings;
import org.citystream.simulator.publish.Outgoing;
import org.citystream.simulator.publish.ReadingPublisher;
import org.citystream.simulator.publish.Subscriber;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.Mosquitto;
import org.citystream.testsupport.MqttExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is captured from real brokers is a recording that can be replayed. */
class CaptureCommandTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final MqttExtension mqtt = new MqttExtension();

    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    Path directory = Path.of("");

    @Test
    void readingsInKafkaBecomeARecordingThatSaysTheSame() throws Exception {
        kafka.empty(Topics.READINGS_TRAFFIC, Topics.READINGS_AIR, Topics.SENSORS);
        kafka.produce(Topics.READINGS_TRAFFIC, "loop", traffic(2, List.of("unregistered")));
        kafka.produce(Topics.READINGS_TRAFFIC, "loop", traffic(1, null));
        kafka.produce(Topics.READINGS_AIR, "air", air());
        ProducerRecord<@Nullable String, byte[]> tick = new ProducerRecord<>(
                Topics.READINGS_TRAFFIC.name(), null, JsonCodec.write(new ClockTick(EIGHT, EIGHT)));
        tick.headers().add(ClockTick.HEADER, new byte[0]);
        kafka.produce(tick);

        capture("--history", "--duration", "PT0S");

        assertThat(recorded())
                .containsExactlyInAnyOrder(
                        new RecordedReading.Traffic(bare(1)),
                        new RecordedReading.Traffic(bare(2)),
                        new RecordedReading.Air(air()));
        assertThatThrownBy(() -> capture("--history", "--duration", "PT0S"))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("there is a recording already");
    }

    @Test
    void nativeMessagesOverMqttBecomeARecordingAndWhatIsNoneIsLeftOut() throws Exception {
        mqtt.publish("city/captured/traffic/loop", JsonCodec.write(bare(7)), Map.of(), true);
        mqtt.publish("city/captured/air/air", JsonCodec.write(air()), Map.of(), true);
        mqtt.publish("city/captured/air/broken", "{\"sensorId\"".getBytes(StandardCharsets.UTF_8), Map.of(), true);
        mqtt.publish("city/captured/air/empty", "{}".getBytes(StandardCharsets.UTF_8), Map.of(), true);
        try {
            capture("--source", "mqtt", "--without-registry", "--duration", "PT2S");

            assertThat(recorded())
                    .containsExactlyInAnyOrder(new RecordedReading.Traffic(bare(7)), new RecordedReading.Air(air()));
        } finally {
            for (String sensor : List.of("traffic/loop", "air/air", "air/broken", "air/empty")) {
                mqtt.publish("city/captured/" + sensor, new byte[0], Map.of(), true);
            }
        }
    }

    @Test
    void aBrokerThatForgetsEverythingIsListenedToAgain() throws Exception {
        Mosquitto broker = Mosquitto.start(Files.createDirectories(directory.resolve("first")));
        CaptureCommand command = Configuration.load(
                new CaptureCommand(Clock.systemUTC()),
                new String[] {
                    directory.resolve("captured").toString(),
                    "--source=mqtt",
                    "--without-registry",
                    "--mqtt-url=tcp://127.0.0.1:" + broker.port()
                },
                SimulatorMain.VARIABLES,
                Map.of());
        CompletableFuture<Integer> capturing = CompletableFuture.supplyAsync(() -> call(command));
        try {
            publishUntilHeard(broker.port(), 1);
            broker.kill();
            broker = Mosquitto.startWith(
                    Files.createDirectories(directory.resolve("second")),
                    broker.port(),
                    "listener " + broker.port() + " 127.0.0.1",
                    "allow_anonymous true");
            publishUntilHeard(broker.port(), 2);
            command.stop();
            assertThat(capturing.get(20, TimeUnit.SECONDS)).isZero();
        } finally {
            command.stop();
            broker.kill();
        }
        assertThat(recorded())
                .containsExactlyInAnyOrder(new RecordedReading.Traffic(bare(1)), new RecordedReading.Traffic(bare(2)));
    }

    private static Integer call(CaptureCommand command) {
        try {
            return command.call();
        } catch (InterruptedException | ConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    /** The publisher publishes again what nobody is subscribed to. */
    private static void publishUntilHeard(int port, long sequence) throws Exception {
        MqttSettings settings = new MqttSettings("tcp://127.0.0.1:" + port, "heard-" + sequence, null, true);
        try (ReadingPublisher publisher = new ReadingPublisher(settings, null, null)) {
            publisher.publish(Outgoing.of(bare(sequence), "captured", EIGHT));
            assertThat(publisher.flush(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void aMessageThatCannotBeWrittenEndsTheCaptureAndIsNotAcknowledged() throws Exception {
        mqtt.publish("city/captured/traffic/loop", JsonCodec.write(bare(7)), Map.of(), true);
        Path folder = directory.resolve("captured");
        try (Capture capture = new Capture(folder)) {
            Files.writeString(folder.resolve("traffic.csv"), "somebody else's");
            MqttSettings settings = new MqttSettings(mqtt.url(), "unwritable", null, false);
            assertThatThrownBy(() -> MqttListener.listen(settings, capture, () -> true))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("cannot write");
        } finally {
            mqtt.publish("city/captured/traffic/loop", new byte[0], Map.of(), true);
        }
    }

    @Test
    void whatWasCapturedFromTheStreetIsReplayedAsItWas() throws Exception {
        kafka.empty(Topics.SENSORS, Topics.CLOCK);
        mqtt.publish("city/captured/traffic/loop", JsonCodec.write(bare(7)), Map.of(), true);
        try {
            capture("--source", "mqtt", "--without-registry", "--duration", "PT2S");
        } finally {
            mqtt.publish("city/captured/traffic/loop", new byte[0], Map.of(), true);
        }
        ReplayConfig config = Configuration.load(
                new ReplayConfig(),
                new String[] {
                    directory.resolve("captured").toString(),
                    "--kafka-bootstrap-servers=" + kafka.bootstrapServers(),
                    "--mqtt-url=" + mqtt.url(),
                    "--mqtt-client-id=replay-captured",
                    "--city=once-more",
                    "--speed=max",
                    "--http-port=0",
                    "--data-dir=" + directory.resolve("data")
                },
                SimulatorMain.VARIABLES,
                Map.of());
        try (Subscriber subscriber = new Subscriber(mqtt.url(), "city/once-more/traffic/loop");
                ReplayService service = ReplayService.start(config, Clock.systemUTC())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> service.progress().acknowledged() == 1 && subscriber.count() == 1);
            assertThat(subscriber.arrivals())
                    .extracting(Subscriber.Arrival::payload)
                    .containsExactly(new String(JsonCodec.write(bare(7)), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aReplayTakesItsReadingsFromAnotherDeployment() throws Exception {
        kafka.empty(Topics.READINGS_TRAFFIC, Topics.READINGS_AIR, Topics.SENSORS, Topics.CLOCK);
        kafka.produce(Topics.READINGS_TRAFFIC, "loop", traffic(1, null));
        kafka.produce(Topics.READINGS_TRAFFIC, "loop", traffic(2, null));
        ReplayConfig config = Configuration.load(
                new ReplayConfig(),
                new String[] {
                    "--source-kafka",
                    kafka.bootstrapServers(),
                    "--kafka-bootstrap-servers",
                    kafka.bootstrapServers(),
                    "--mqtt-url",
                    mqtt.url(),
                    "--mqtt-client-id",
                    "replay-kafka",
                    "--city",
                    "again",
                    "--speed",
                    "max",
                    "--http-port",
                    "0",
                    "--data-dir",
                    directory.resolve("data").toString()
                },
                SimulatorMain.VARIABLES,
                Map.of());

        try (Subscriber subscriber = new Subscriber(mqtt.url(), "city/again/traffic/loop");
                ReplayService service = ReplayService.start(config, Clock.systemUTC())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> service.progress().acknowledged() == 2 && subscriber.count() == 2);
            assertThat(subscriber.arrivals())
                    .extracting(Subscriber.Arrival::payload)
                    .containsExactly(
                            new String(JsonCodec.write(bare(1)), StandardCharsets.UTF_8),
                            new String(JsonCodec.write(bare(2)), StandardCharsets.UTF_8));
        }
    }

    private void capture(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                directory.resolve("captured").toString(),
                "--kafka-bootstrap-servers",
                kafka.bootstrapServers(),
                "--mqtt-url",
                mqtt.url(),
                "--mqtt-client-id",
                "capture-test"));
        all.addAll(List.of(options));
        Configuration.load(
                        new CaptureCommand(Clock.systemUTC()),
                        all.toArray(String[]::new),
                        SimulatorMain.VARIABLES,
                        Map.of())
                .call();
    }

    private List<RecordedReading> recorded() {
        assertThat(Files.isDirectory(directory.resolve("captured"))).isTrue();
        List<RecordedReading> readings = new ArrayList<>();
        Recording.open(directory.resolve("captured"), null, "captured", null, null)
                .readings()
                .forEachRemaining(readings::add);
        return readings;
    }

    private static TrafficReading bare(long sequence) {
        return new TrafficReading(
                "loop",
                EIGHT.plusSeconds(sequence),
                60,
                "b",
                sequence,
                1,
                14,
                37.5,
                0.21,
                null,
                null,
                null,
                null,
                null);
    }

    private static TrafficReading traffic(long sequence, @Nullable List<String> flags) {
        return new TrafficReading(
                "loop",
                EIGHT.plusSeconds(sequence),
                60,
                "b",
                sequence,
                1,
                14,
                37.5,
                0.21,
                null,
                "aarhus",
                EIGHT,
                EIGHT,
                flags);
    }

    private static AirQualityReading air() {
        return new AirQualityReading(
                "air", EIGHT, 3_600, null, null, 18.4, null, 62.1, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }
}
