package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citystream.embedded.KafkaServer;
import org.citystream.model.wire.Topics;
import org.citystream.service.config.Configuration;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.CertificateAuthority.Identity;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator at work where Kafka wants a user over TLS and the broker a certificate, as docs/security.md has it. */
class SecuredOperatorTest {
    private static final String OPERATOR = "citystream-operator";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void home() {
        System.setProperty("city.home", directory.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("city.home");
    }

    private int run(List<String> kafka, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(kafka);
        CommandLine commandLine = CityMain.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(all.toArray(String[]::new));
    }

    @Test
    void operatorReachesBoth() throws Exception {
        CertificateAuthority authority = new CertificateAuthority(directory, "city");
        Identity server = authority.issue("server");
        Path pem = authority.bundle(server);
        Path password = Files.writeString(directory.resolve("password"), "correct horse\n");
        try (KafkaServer kafka =
                KafkaServer.startSecured(directory.resolve("kafka"), 0, pem, Map.of(OPERATOR, "correct horse"))) {
            List<String> asOperator = List.of(
                    "--kafka=" + kafka.bootstrapServers(),
                    "--kafka-security-protocol=SASL_SSL",
                    "--kafka-ca-file=" + authority.certificate(),
                    "--kafka-user=" + OPERATOR,
                    "--kafka-password-file=" + password);
            assertThat(run(asOperator, "topics", "apply")).as("%s", err).isZero();
            sensors(asOperator);
            reject(asOperator);
            assertThat(run(asOperator, "rejected", "list")).as("%s", err).isZero();
            assertThat(out.toString()).contains("1 rejected message(s): bad-time 1");

            replay(asOperator, authority, server);

            assertThat(run(List.of("--kafka=x:1", "--kafka-user=" + OPERATOR), "rejected", "list"))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("kafka-user and kafka-password-file are for");
        }
    }

    private void sensors(List<String> asOperator) throws Exception {
        Path sensors = Files.writeString(directory.resolve("sensors.geojson"), """
                {"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,
                 "properties":{"sensorId":"air-1","kind":"air","cityId":"lindholm"}}]}
                """);
        assertThat(run(asOperator, "sensors", "import", sensors.toString()))
                .as("%s", err)
                .isZero();
        assertThat(run(asOperator, "sensors", "retire", "air-1")).as("%s", err).isZero();
        assertThat(out.toString()).contains("retired: false -> true");
        assertThat(run(asOperator, "sensors", "export")).as("%s", err).isZero();
        assertThat(out.toString()).contains("\"air-1\"");

        Path wrong = Files.writeString(directory.resolve("wrong"), "battery staple\n");
        List<String> asStranger = asOperator.stream()
                .map(option -> option.startsWith("--kafka-password-file=") ? "--kafka-password-file=" + wrong : option)
                .toList();
        assertThat(run(asStranger, "sensors", "export")).isEqualTo(1);
        assertThat(err.toString()).contains(" refused: Authentication failed", "what to do: ");
    }

    private static void reject(List<String> asOperator) throws Exception {
        String[] options = asOperator.stream()
                .map(option -> option.replace("--kafka=", "--kafka-bootstrap-servers="))
                .toArray(String[]::new);
        KafkaSettings settings = Configuration.load(new KafkaSettings(), options, Map.of());
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings.producer())) {
            String topic = "city/lindholm/traffic/loop-1";
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topics.READINGS_REJECTED.name(), topic, "{}".getBytes(StandardCharsets.UTF_8));
            record.headers().add("reason", "bad-time".getBytes(StandardCharsets.UTF_8));
            record.headers().add("mqtt-topic", topic.getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        }
    }

    private void replay(List<String> asOperator, CertificateAuthority authority, Identity server) throws Exception {
        Identity operator = authority.issue(OPERATOR);
        Path acl = Files.writeString(directory.resolve("acl"), "user " + OPERATOR + "\ntopic write city/#\n");
        int port = Mosquitto.freePort();
        Mosquitto broker = Mosquitto.startWith(
                directory,
                port,
                "listener " + port + " 127.0.0.1",
                "cafile " + authority.certificate(),
                "certfile " + server.certificate(),
                "keyfile " + server.key(),
                "require_certificate true",
                "use_identity_as_username true",
                "allow_anonymous false",
                "acl_file " + acl);
        try {
            int status = run(
                    asOperator,
                    "rejected",
                    "replay",
                    "0-0",
                    "--data-dir=" + directory,
                    "--mqtt-url=ssl://127.0.0.1:" + port,
                    "--mqtt-client-id=" + OPERATOR,
                    "--mqtt-ca-file=" + authority.certificate(),
                    "--mqtt-certificate-file=" + operator.certificate(),
                    "--mqtt-key-file=" + operator.key());
            assertThat(err.toString())
                    .as("the broker has let us in and publish")
                    .contains("nobody is subscribed");
            assertThat(status).isEqualTo(1);
        } finally {
            broker.kill();
        }
    }
}
