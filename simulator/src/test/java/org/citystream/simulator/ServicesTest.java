package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.citystream.ledger.Entry;
import org.citystream.ledger.LedgerReader;
import org.citystream.ledger.LedgerVisitor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.Topics;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.simulator.kafka.DeploymentClock;
import org.citystream.simulator.kafka.SensorRegistry;
import org.citystream.simulator.publish.Subscriber;
import org.citystream.testsupport.ChildJvm;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.MqttExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Both commands from configuration to broker, with real Kafka and MQTT. */
class ServicesTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final MqttExtension mqtt = new MqttExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void newDeployment() {
        kafka.empty(Topics.SENSORS, Topics.CLOCK);
    }

    @Test
    void theSimulatorRegistersItsSensorsHurriesToNowAndGoesOnWhereTheClockStands() throws Exception {
        SimulateConfig config = config(
                new SimulateConfig(),
                "--mqtt-client-id",
                "simulate-1",
                "--air-history",
                "PT4H",
                "--traffic-history",
                "PT30M");
        try (Subscriber subscriber = new Subscriber(mqtt.url(), "city/lindholm/#");
                SimulateService service = SimulateService.start(config, NOON)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> service.progress().state().equals("running"));
            Progress progress = service.progress();
            Instant arrival = NOON.instant();
            long expected = (4 * 12 - 1) * 12 + 29 * 158L;
            assertThat(progress.acknowledged()).isGreaterThanOrEqualTo(expected);
            Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() >= progress.acknowledged());
            assertThat(SensorRegistry.read(new KafkaSettings(kafka.bootstrapServers())))
                    .hasSize(78)
                    .allSatisfy((id, sensor) -> {
                        assertThat(sensor.version()).isEqualTo(1);
                        assertThat(sensor.effectiveFrom())
                                .as("when %s begins to report", id)
                                .isEqualTo(
                                        sensor.kind() == SensorKind.AIR
                                                ? arrival.minus(Duration.ofHours(4))
                                                : arrival.minus(Duration.ofMinutes(30)));
                    });
            assertThat(get(service.port(), "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(service.port(), "/metrics").body())
                    .contains("simulator_readings_acknowledged_total")
                    .contains("simulator_clock_seconds");
            assertThat(get(service.port(), "/api/v1/progress").body()).contains("\"command\":\"simulate\"");
        }
        assertThat(Files.readString(directory.resolve("data/truth.csv"))).contains("incident");

        kafka.produce(Topics.CLOCK, null, new ClockState(NOON.instant(), 1, NOON.instant(), "simulated"));
        Clock later = Clock.offset(NOON, Duration.ofMinutes(3));
        SimulateConfig again = config(new SimulateConfig(), "--mqtt-client-id", "simulate-2");
        try (Subscriber subscriber = new Subscriber(mqtt.url(), "city/lindholm/#");
                SimulateService service = SimulateService.start(again, later)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> service.progress().state().equals("running"));
            assertThat(subscriber.arrivals())
                    .filteredOn(arrival -> arrival.payload().contains("T11:5"))
                    .as("nothing that was acknowledged is sent again")
                    .isEmpty();
            assertThat(service.progress().acknowledged()).isBetween(2 * 158L, 3 * 158L + 24);
            assertThat(kafka.consumeAll(Topics.SENSORS.name()))
                    .as("nothing changed")
                    .hasSize(78);
        }
    }

    @Test
    void aReplayIsPlayedToItsEndTheClockRunsOnAndTheServiceStays() throws Exception {
        recording();
        ReplayConfig config =
                config(new ReplayConfig(), directory + "/rec", "--speed", "max", "--mqtt-client-id", "replay-1");
        try (Subscriber subscriber = new Subscriber(mqtt.url(), "city/recording/#")) {
            try (ReplayService service = ReplayService.start(config, NOON)) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> service.progress().finished());
                Progress progress = service.progress();
                assertThat(progress.published()).isEqualTo(120);
                assertThat(progress.acknowledged()).isEqualTo(120);
                assertThat(progress.total()).isEqualTo(120);
                assertThat(progress.clock()).isEqualTo("2014-09-01T02:09:01Z");
                Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() == 120);
                assertThat(get(service.port(), "/metrics").body()).contains("simulator_finished 1.0");
                assertThat(get(service.port(), "/health/ready").statusCode()).isEqualTo(200);
            }
            kafka.produce(Topics.CLOCK, null, new ClockState(Instant.parse("2014-09-01T02:09:01Z"), 1, null, "replay"));
            try (ReplayService service = ReplayService.start(config, NOON)) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> service.progress().finished());
                assertThat(service.progress().published())
                        .as("played once is enough")
                        .isZero();
            }
        }
    }

    @Test
    void theClockIsAnnouncedToItsEndHoweverFastTheReplay() throws Exception {
        recording();
        ReplayConfig config =
                config(new ReplayConfig(), directory + "/rec", "--speed", "100000", "--mqtt-client-id", "replay-4");
        try (Subscriber readings = new Subscriber(mqtt.url(), "city/recording/#");
                Subscriber clock = new Subscriber(mqtt.url(), "city/clock");
                ReplayService service = ReplayService.start(config, Clock.systemUTC())) {
            Awaitility.await().atMost(PATIENCE).until(() -> service.progress().finished());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(clock.arrivals())
                            .anySatisfy(arrival -> assertThat(arrival.payload()).contains("2014-09-01T02:09:01Z")));
            assertThat(readings.count()).isEqualTo(120);
        }
    }

    @Test
    void aRecordingOlderThanTheClockIsRefusedWithTheRemedy() throws Exception {
        recording();
        kafka.produce(Topics.CLOCK, null, new ClockState(NOON.instant(), 1, NOON.instant(), "simulated"));
        assertThat(DeploymentClock.read(new KafkaSettings(kafka.bootstrapServers())))
                .contains(NOON.instant());
        ReplayConfig config = config(new ReplayConfig(), directory + "/rec", "--mqtt-client-id", "replay-2");

        assertThatThrownBy(() -> ReplayService.start(config, NOON))
                .hasMessageContaining("2026-11-23T12:00:00Z")
                .hasMessageContaining("2014-09-01T00:00:00Z")
                .hasMessageContaining("--data-dir of its own");
    }

    @Test
    void aChangedSensorGetsAnotherVersionAheadOfTheClock() throws Exception {
        recording();
        KafkaSettings settings = new KafkaSettings(kafka.bootstrapServers());
        ReplayConfig config =
                config(new ReplayConfig(), directory + "/rec", "--city", "elsewhere", "--mqtt-client-id", "replay-3");
        var sensors = org.citystream.recordings.Recording.open(config.folder(), null, "my-town", null, null)
                .sensors();
        assertThat(SensorRegistry.register(settings, sensors, null)).isEqualTo(1);
        assertThat(SensorRegistry.register(settings, sensors, NOON.instant())).isZero();
        var moved = org.citystream.recordings.Recording.open(config.folder(), null, "elsewhere", null, null)
                .sensors();
        assertThat(SensorRegistry.register(settings, moved, NOON.instant().plusSeconds(1)))
                .isEqualTo(1);

        assertThat(SensorRegistry.read(settings).get("loop-1")).satisfies(sensor -> {
            assertThat(sensor.version()).isEqualTo(2);
            assertThat(sensor.cityId()).isEqualTo("elsewhere");
            assertThat(sensor.effectiveFrom()).isEqualTo("2026-11-23T12:02:00Z");
        });
    }

    @Test
    void wrongUsageIsAConfigurationProblem() throws Exception {
        SimulateConfig unknown = config(new SimulateConfig(), "--scenario", "rush");
        assertThatThrownBy(() -> SimulateService.start(unknown, NOON))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("accident, morning-rush");
        SimulateConfig unprotected = config(new SimulateConfig(), "--kafka-ca-file", directory + "/none.pem");
        assertThatThrownBy(() -> SimulateService.start(unprotected, NOON))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kafka-ca-file");
        ReplayConfig nowhere = config(new ReplayConfig(), directory + "/nowhere");
        assertThatThrownBy(() -> ReplayService.start(nowhere, NOON))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> config(new ReplayConfig(), "--speed", "fast"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'fast'");
    }

    private ChildJvm simulator(Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "simulate",
                "--mqtt-url=" + mqtt.url(),
                "--kafka-bootstrap-servers=" + kafka.bootstrapServers(),
                "--http-port=0",
                "--data-dir=" + data,
                "--air-history=PT1H",
                "--traffic-history=PT10M",
                "--wait-for-subscriber=false"));
        arguments.addAll(List.of(more));
        return ChildJvm.start(List.of("-Xmx200m"), SimulatorMain.class, arguments.toArray(String[]::new));
    }

    @Test
    void aSimulatorThatIsToldToStopLeavesALedgerWithTheOutcomeOfEveryMessage() {
        Path ledger = directory.resolve("ledger");
        LedgerCount count = new LedgerCount();
        try (ChildJvm simulator =
                simulator(directory.resolve("stopped"), "--mqtt-client-id=stopped", "--ledger=" + ledger)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(ledger.resolve("000001.ledger"))
                            && Files.size(ledger.resolve("000001.ledger")) > 100_000);
            assertThat(simulator.terminate()).isZero();
        }
        LedgerReader.read(ledger, count);
        assertThat(count.sent).isPositive();
        assertThat(count.outcomes).isEqualTo(count.sent);
    }

    private static final class LedgerCount implements LedgerVisitor {
        private long sent;
        private long outcomes;

        @Override
        public void sent(Entry entry) {
            sent++;
        }

        @Override
        public void acknowledged(long number) {
            outcomes++;
        }

        @Override
        public void indefinite(long number) {
            outcomes++;
        }
    }

    @Test
    void aSimulatorThatCannotWriteWhatReallyHappensBreaksOffAndSaysSo() throws Exception {
        Path data = directory.resolve("broken");
        try (ChildJvm simulator = simulator(data, "--mqtt-client-id=broken", "--speed=600")) {
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(data.resolve("truth.csv")));
            Files.move(data, directory.resolve("elsewhere"));
            Files.writeString(data, "a file in its place");
            assertThat(simulator.awaitEnd()).isEqualTo(1);
        }
    }

    /** Two hours of one detector, a reading a minute. */
    private void recording() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("rec"));
        StringBuilder csv = new StringBuilder("sensorId,observedAt,vehicleCount,averageSpeedKmh\n");
        for (int minute = 0; minute < 120; minute++) {
            csv.append("loop-1,")
                    .append(Instant.parse("2014-09-01T00:00:00Z").plusSeconds(minute * 60L))
                    .append(",12,55.5\n");
        }
        Files.writeString(folder.resolve("traffic.csv"), csv);
    }

    private <C> C config(C config, String... arguments) throws ConfigurationException {
        return Configuration.load(
                config,
                arguments,
                SimulatorMain.VARIABLES,
                Map.of(
                        "MQTT_URL", mqtt.url(),
                        "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "CLOCK_KEY", "secret",
                        "HTTP_PORT", "0",
                        "SIMULATOR_DATA_DIR", directory.resolve("data").toString()));
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
