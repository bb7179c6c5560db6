package org.citystream.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.citystream.ledger.Entry;
import org.citystream.ledger.Ledger;
import org.citystream.ledger.LedgerReader;
import org.citystream.ledger.LedgerVisitor;
import org.citystream.ledger.MessageId;
import org.citystream.model.place.SensorKind;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.CertificateAuthority.Identity;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a second broker, with what real deployments ask for. */
class MosquittoPublishingTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A hundred times the window. */
    private static final int MANY = 500;
    /** All lose their connection at once; as many as a small city has only with {@code -Dproofs=true}. */
    private static final int STORM = Boolean.getBoolean("proofs") ? 2_000 : 100;

    private static final Duration STORM_LIMIT = Duration.ofSeconds(60);
    /** Without it each window waits 40 ms for TCP. */
    private static final String AT_ONCE = "set_tcp_nodelay true";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void brokerThere() {
        Mosquitto.require();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyQualityOfServiceArrivesWholeThroughANarrowWindow(int qos) throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory, "max_inflight_messages 5", AT_ONCE);
                Subscriber subscriber = new Subscriber(broker.url(), "city/q/#");
                ReadingPublisher publisher = publisher(broker.url(), "--mqtt-qos", Integer.toString(qos))) {
            publish(publisher, MANY, 50);

            assertThat(publisher.acknowledged()).isEqualTo(MANY);
            assertThat(publisher.troubles()).isZero();
            Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() == MANY);
        }
        Map<String, Long> outcomes = outcomes();
        assertThat(outcomes).containsEntry("sent", (long) MANY);
        assertThat(outcomes).containsEntry(qos == 0 ? "indefinite" : "acknowledged", (long) MANY);
    }

    @Test
    void eachSensorCanHaveAConnectionOfItsOwn() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory, AT_ONCE, "sys_interval 1");
                Subscriber subscriber = new Subscriber(broker.url(), "city/q/#");
                Subscriber connected = new Subscriber(broker.url(), "$SYS/broker/clients/connected");
                ReadingPublisher publisher = publisher(broker.url(), "--mqtt-connection-per-sensor")) {
            publish(publisher, 60, 20);

            assertThat(publisher.problem()).isEmpty();
            Awaitility.await().atMost(PATIENCE).until(() -> subscriber.count() == 60);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connected.arrivals())
                            .extracting(Subscriber.Arrival::payload)
                            .contains("22"));
        }
    }

    @Test
    void thousandsOfSensorsShareTwoConnections() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory, AT_ONCE, "sys_interval 1");
                Subscriber connected = new Subscriber(broker.url(), "$SYS/broker/clients/connected");
                ReadingPublisher publisher = publisher(broker.url(), "--wait-for-subscriber", "false")) {
            publish(publisher, 4_000, 2_000);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connected.arrivals())
                            .extracting(Subscriber.Arrival::payload)
                            .contains("3"));
            assertThat(connected.arrivals())
                    .allSatisfy(arrival ->
                            assertThat(Integer.parseInt(arrival.payload())).isLessThanOrEqualTo(3));
        }
    }

    @Test
    void aStormOfReconnectsIsOverWithinAMinute() throws Exception {
        int port = Mosquitto.freePort();
        try (ReadingPublisher publisher = publisher(
                "tcp://127.0.0.1:" + port, "--mqtt-connection-per-sensor", "--wait-for-subscriber", "false")) {
            try (Mosquitto broker = plain(port)) {
                assertThat(broker.port()).isEqualTo(port);
                publish(publisher, STORM, STORM);
            }
            try (Mosquitto broker = plain(port);
                    Subscriber connected = new Subscriber(broker.url(), "$SYS/broker/clients/connected")) {
                long start = System.nanoTime();
                Awaitility.await().atMost(STORM_LIMIT).until(() -> {
                    publisher.tend();
                    return connected.arrivals().stream()
                            .anyMatch(arrival -> arrival.payload().equals(Integer.toString(STORM + 1)));
                });
                System.out.printf("%d clients were back after %.1f s%n", STORM, (System.nanoTime() - start) / 1e9);
                publish(publisher, STORM, STORM);
            }
        }
    }

    /** What is refused is not what nobody hears. */
    @Test
    void whatTheBrokerRefusesIsTold() throws Exception {
        Path acl = Files.writeString(directory.resolve("acl"), "topic write city/q/traffic/s1\ntopic read city/q/#\n");
        run("chmod", "a+r", acl.toString());
        try (Mosquitto broker = Mosquitto.start(directory, AT_ONCE, "acl_file " + acl);
                Subscriber subscriber = new Subscriber(broker.url(), "city/q/#");
                ReadingPublisher publisher = publisher(broker.url())) {
            publisher.publish(reading(1, 1));
            publisher.publish(reading(2, 1));
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                publisher.tend();
                assertThat(publisher.acknowledged()).isEqualTo(1);
                assertThat(publisher.problem())
                        .hasValueSatisfying(problem -> assertThat(problem)
                                .contains("refuses messages to city/q/traffic/s2", "135, not authorized"));
            });
            assertThat(subscriber.count()).isEqualTo(1);
        }
    }

    private Mosquitto plain(int port) throws Exception {
        return Mosquitto.startWith(
                directory, port, "listener " + port + " 127.0.0.1", "allow_anonymous true", AT_ONCE, "sys_interval 1");
    }

    @Test
    void encryptedAndWithAPassword() throws Exception {
        certificate("ca");
        certificate("stranger");
        Files.writeString(directory.resolve("password"), "s3cret\n");
        run(Mosquitto.program("mosquitto_passwd"), "-b", "-c", directory + "/users", "sensor", "s3cret");
        run("chmod", "a+r", directory + "/users", directory + "/ca.key");
        int port = Mosquitto.freePort();
        String url = "ssl://localhost:" + port;
        List<String> credentials = List.of("--mqtt-user", "sensor", "--mqtt-password-file", directory + "/password");
        try (Mosquitto broker = Mosquitto.startWith(
                directory,
                port,
                "listener " + port + " 127.0.0.1",
                "allow_anonymous false",
                "password_file " + directory + "/users",
                "certfile " + directory + "/ca.pem",
                "keyfile " + directory + "/ca.key")) {
            assertThat(broker.port()).isEqualTo(port);
            try (ReadingPublisher trusting = publisher(
                    url, credentials, "--wait-for-subscriber", "false", "--mqtt-ca-file", directory + "/ca.pem")) {
                publish(trusting, 10, 5);
                assertThat(trusting.acknowledged()).isEqualTo(10);
            }
            try (ReadingPublisher deceived =
                    publisher(url, credentials, "--mqtt-ca-file", directory + "/stranger.pem")) {
                deceived.publish(reading(1, 1));
                assertThat(deceived.flush(Duration.ofSeconds(1))).isFalse();
                assertThat(deceived.problem()).contains("no connection to the MQTT broker");
            }
            try (ReadingPublisher anonymous = publisher(url, "--mqtt-ca-file", directory + "/ca.pem")) {
                anonymous.publish(reading(1, 1));
                assertThat(anonymous.flush(Duration.ofSeconds(1))).isFalse();
            }
        }
    }

    @Test
    void aBrokerThatWantsACertificateGetsOne() throws Exception {
        CertificateAuthority authority = new CertificateAuthority(directory, "city");
        Identity server = authority.issue("broker");
        Identity simulator = authority.issue("simulator");
        Path acl = Files.writeString(directory.resolve("acl"), "user simulator\ntopic write city/#\n");
        int port = Mosquitto.freePort();
        String url = "ssl://127.0.0.1:" + port;
        List<String> trusting = List.of(
                "--wait-for-subscriber",
                "false",
                "--mqtt-ca-file",
                authority.certificate().toString());
        try (Mosquitto broker = Mosquitto.startWith(
                directory,
                port,
                "listener " + port + " 127.0.0.1",
                "cafile " + authority.certificate(),
                "certfile " + server.certificate(),
                "keyfile " + server.key(),
                "require_certificate true",
                "use_identity_as_username true",
                "allow_anonymous false",
                "acl_file " + acl)) {
            assertThat(broker.port()).isEqualTo(port);
            try (ReadingPublisher known = publisher(
                    url,
                    trusting,
                    "--mqtt-certificate-file",
                    simulator.certificate().toString(),
                    "--mqtt-key-file",
                    simulator.key().toString())) {
                publish(known, 10, 5);
                assertThat(known.acknowledged()).isEqualTo(10);
                assertThat(known.troubles()).isZero();
            }
            try (ReadingPublisher stranger = publisher(url, trusting)) {
                stranger.publish(reading(1, 1));
                assertThat(stranger.flush(Duration.ofSeconds(1))).isFalse();
                assertThat(stranger.problem()).contains("no connection to the MQTT broker");
            }
        }
    }

    @Test
    void whatCannotBeUsedIsSaidAtOnce() {
        assertThatThrownBy(() -> settings(
                                "127.0.0.1:1883",
                                List.of(),
                                "--mqtt-qos",
                                "3",
                                "--mqtt-connections",
                                "0",
                                "--mqtt-password-file",
                                directory + "/none",
                                "--mqtt-key-file",
                                directory + "/none")
                        .check())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(5)
                                .anyMatch(problem -> problem.contains("--mqtt-url must be tcp://HOST:PORT"))
                                .anyMatch(problem -> problem.contains("--mqtt-qos must be 0, 1 or 2 but is 3"))
                                .anyMatch(problem -> problem.contains("--mqtt-connections must be at least 1"))
                                .anyMatch(problem -> problem.contains("must come together"))
                                .anyMatch(problem -> problem.contains("cannot read --mqtt-password-file")));
    }

    private void certificate(String name) throws IOException, InterruptedException {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                directory + "/" + name + ".key",
                "-out",
                directory + "/" + name + ".pem");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }

    private ReadingPublisher publisher(String url, String... options) throws ConfigurationException {
        return publisher(url, List.of(), options);
    }

    private ReadingPublisher publisher(String url, List<String> more, String... options) throws ConfigurationException {
        MqttSettings settings = settings(url, more, options);
        settings.check();
        return new ReadingPublisher(settings, null, Ledger.open(directory.resolve("ledger"), START));
    }

    private static MqttSettings settings(String url, List<String> more, String... options)
            throws ConfigurationException {
        List<String> all = new ArrayList<>(List.of("--mqtt-url", url));
        all.addAll(more);
        all.addAll(List.of(options));
        return Configuration.load(new MqttSettings(), all.toArray(String[]::new), Map.of());
    }

    private static void publish(ReadingPublisher publisher, int count, int sensors) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            publisher.publish(reading(i % sensors, i));
        }
        assertThat(publisher.flush(PATIENCE)).as("all acknowledged").isTrue();
    }

    private static Outgoing reading(int sensor, long sequence) {
        return Outgoing.of(
                SensorKind.TRAFFIC,
                new MessageId("s" + sensor, "b", sequence, null, START),
                Long.toString(sequence).getBytes(StandardCharsets.UTF_8),
                "q",
                START.plusMillis(sequence));
    }

    private Map<String, Long> outcomes() {
        List<String> lines = new ArrayList<>();
        Set<Long> numbers = new java.util.HashSet<>();
        LedgerReader.read(directory.resolve("ledger"), new LedgerVisitor() {
            @Override
            public void sent(Entry entry) {
                assertThat(numbers.add(entry.number())).isTrue();
                lines.add("sent");
            }

            @Override
            public void acknowledged(long number) {
                lines.add("acknowledged");
            }

            @Override
            public void indefinite(long number) {
                lines.add("indefinite");
            }
        });
        return lines.stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
    }
}
