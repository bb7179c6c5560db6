package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.citystream.embedded.KafkaServer;
import org.citystream.model.wire.Topics;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.CertificateAuthority.Identity;
import org.citystream.testsupport.DocumentedAcls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a sensor with a certificate, over TLS on both sides, into a Kafka that knows its users and what each may do. */
class SecuredGatewayTest {
    private static final String GATEWAY = "citystream-gateway-0";
    private static final String ADMINISTRATOR = "administrator";
    private static final String TOPIC = "city/lindholm/traffic/loop-1";

    @TempDir
    Path directory;

    @Test
    void everyoneIsWhoTheySay() throws Exception {
        CertificateAuthority authority = new CertificateAuthority(directory, "city");
        Path kafkaPem = authority.bundle(authority.issue("kafka"));
        Path password = Files.writeString(directory.resolve("password"), "correct horse\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "battery staple\n");
        try (KafkaServer kafka = KafkaServer.startWithAcls(
                        directory.resolve("kafka"),
                        0,
                        kafkaPem,
                        Map.of("gateway", "correct horse", ADMINISTRATOR, "correct horse"),
                        ADMINISTRATOR);
                SecuredBroker broker = SecuredBroker.mosquitto(directory, authority)) {
            Identity gateway = authority.issue(GATEWAY);
            KafkaTopics topics = new KafkaTopics(administrator(kafka, authority, password));
            topics.create();
            try (Admin admin = Admin.create(topics.settings().admin())) {
                DocumentedAcls.of("gateway").grant(admin, "gateway");
            }
            try (Gateway refused =
                    Gateway.start(config(broker, kafka, authority, gateway, wrong), InstantSource.system(), () -> {})) {
                await().atMost(Probe.PATIENCE)
                        .untilAsserted(() -> assertThat(Probe.of(refused).health())
                                .contains("\"kafka\":\"Kafka at")
                                .contains("uthentication")
                                .doesNotContain("battery"));
            }
            // Our authority vouches for it, but as another server: who can redirect the line must not become the
            // broker.
            Identity elsewhere = authority.issueAt("broker", "elsewhere.example");
            try (SecuredBroker misplaced = SecuredBroker.mosquitto(
                            Files.createDirectories(directory.resolve("elsewhere")), authority, elsewhere);
                    Gateway refusing = Gateway.start(
                            config(misplaced, kafka, authority, gateway, password), InstantSource.system(), () -> {})) {
                await().atMost(Probe.PATIENCE)
                        .untilAsserted(() -> assertThat(Probe.of(refusing).health())
                                .contains("No subject alternative names matching IP address 127.0.0.1"));
            }
            try (Gateway secured = Gateway.start(
                            config(broker, kafka, authority, gateway, password), InstantSource.system(), () -> {});
                    TlsClient sensor =
                            new TlsClient(broker.url(), "loop-1", authority.certificate(), authority.issue("loop-1"))) {
                Probe.of(secured).awaitReady();
                assertThat(sensor.publish(TOPIC, City.reading("loop-1", Instant.now(), 1)))
                        .isZero();
                assertThat(sensor.publish(TOPIC, City.reading("loop-2", Instant.now(), 2)))
                        .isZero();
                await().atMost(Probe.PATIENCE)
                        .until(() -> topics.readings(Topics.READINGS_TRAFFIC).size() == 1
                                && topics.records(Topics.READINGS_REJECTED).size() == 1);
                assertThat(City.header(topics.records(Topics.READINGS_REJECTED).get(0), "reason"))
                        .isEqualTo("identity-mismatch");
            }
        }
    }

    private static KafkaSettings administrator(KafkaServer kafka, CertificateAuthority authority, Path password)
            throws ConfigurationException {
        return Configuration.load(
                new KafkaSettings(),
                new String[0],
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers(),
                        "KAFKA_SECURITY_PROTOCOL",
                        "SASL_SSL",
                        "KAFKA_CA_FILE",
                        authority.certificate().toString(),
                        "KAFKA_USER",
                        ADMINISTRATOR,
                        "KAFKA_PASSWORD_FILE",
                        password.toString()));
    }

    private static GatewayConfig config(
            SecuredBroker broker, KafkaServer kafka, CertificateAuthority authority, Identity gateway, Path password)
            throws ConfigurationException {
        return Configuration.load(
                new GatewayConfig(),
                new String[0],
                Map.ofEntries(
                        Map.entry("MQTT_URL", broker.url()),
                        Map.entry("MQTT_CLIENT_ID", GATEWAY),
                        Map.entry("MQTT_CA_FILE", authority.certificate().toString()),
                        Map.entry("MQTT_CERTIFICATE_FILE", gateway.certificate().toString()),
                        Map.entry("MQTT_KEY_FILE", gateway.key().toString()),
                        Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                        Map.entry("KAFKA_SECURITY_PROTOCOL", "SASL_SSL"),
                        Map.entry("KAFKA_CA_FILE", authority.certificate().toString()),
                        Map.entry("KAFKA_USER", "gateway"),
                        Map.entry("KAFKA_PASSWORD_FILE", password.toString()),
                        Map.entry("DRAIN_TIMEOUT", "PT5S"),
                        Map.entry("HTTP_PORT", "0")));
    }
}
