package org.citystream.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.citystream.gateway.clock.ClockSource;
import org.citystream.gateway.mqtt.MqttSettings;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.socket.NoDelaySocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayConfigTest {
    private static GatewayConfig load(Map<String, String> environment) throws ConfigurationException {
        return Configuration.load(new GatewayConfig(), new String[0], environment);
    }

    @Test
    void defaultsAreALaptopsStandardPorts() throws ConfigurationException {
        GatewayConfig config = load(Map.of());
        MqttSettings mqtt = config.mqtt();
        assertThat(mqtt.url()).isEqualTo("tcp://127.0.0.1:1883");
        assertThat(mqtt.clientId()).isEqualTo("citystream-gateway-0");
        assertThat(mqtt.user()).isNull();
        assertThat(mqtt.password()).isNull();
        assertThat(mqtt.filters())
                .containsExactly("city/+/traffic/+", "city/+/air/+", "$SYS/broker/publish/messages/dropped");
        assertThat(mqtt.sockets()).isInstanceOf(NoDelaySocketFactory.class);
        assertThat(config.sessions()).hasSize(1);
        assertThat(config.isShared()).isFalse();
        assertThat(config.rateLimit().take("a", Instant.EPOCH, Instant.EPOCH)).isTrue();
        assertThat(mqtt.receiveMaximum()).isEqualTo(500);
        assertThat(mqtt.maximumPacketBytes()).isEqualTo(262_144);
        assertThat(mqtt.keepAlive()).isEqualTo(Duration.ofSeconds(10));
        assertThat(mqtt.sessionExpiry()).isEqualTo(Duration.ofDays(7));
        assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(config.kafkaDeliveryTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.clockSource()).isEqualTo(ClockSource.WALL);
        assertThat(config.clockKey()).isEmpty();
        assertThat(config.strictRegistry()).isFalse();
        assertThat(config.gatewayId()).isEqualTo("citystream-gateway-0");
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.httpHost()).isEqualTo("127.0.0.1");
        assertThat(config.httpPort()).isEqualTo(8091);
    }

    @Test
    void everySettingIsAnEnvironmentVariable(@TempDir Path directory) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "hunter2\n");
        Path formats = Files.writeString(
                directory.resolve("formats.yaml"), "routes: [{topics: [ngsi/+], format: ngsi-ld, city: lindholm}]");
        GatewayConfig config = load(Map.ofEntries(
                Map.entry("MQTT_URL", "ssl://broker:8883"),
                Map.entry("MQTT_CLIENT_ID", "gw-1"),
                Map.entry("MQTT_USER", "gateway"),
                Map.entry("MQTT_PASSWORD_FILE", password.toString()),
                Map.entry("MQTT_RECEIVE_MAXIMUM", "50"),
                Map.entry("MQTT_MAXIMUM_PACKET_BYTES", "65536"),
                Map.entry("MQTT_KEEP_ALIVE", "PT10S"),
                Map.entry("MQTT_SESSION_EXPIRY", "P1D"),
                Map.entry("MQTT_DROPPED_TOPIC", "$SYS/dropped"),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"),
                Map.entry("KAFKA_DELIVERY_TIMEOUT", "PT30S"),
                Map.entry("CLOCK_SOURCE", "published"),
                Map.entry("CLOCK_KEY", "s3cret"),
                Map.entry("STRICT_REGISTRY", "true"),
                Map.entry("FORMATS_FILE", formats.toString()),
                Map.entry("FORMAT_ROUTES", "v3/+/devices/+/up=things-stack@lindholm"),
                Map.entry("SENSOR_RATE_PER_SECOND", "0.5"),
                Map.entry("SENSOR_BURST", "1"),
                Map.entry("GATEWAY_ID", "north"),
                Map.entry("DRAIN_TIMEOUT", "PT3S"),
                Map.entry("HTTP_HOST", "0.0.0.0"),
                Map.entry("HTTP_PORT", "9091")));
        MqttSettings mqtt = config.mqtt();
        assertThat(mqtt.url()).isEqualTo("ssl://broker:8883");
        assertThat(mqtt.clientId()).isEqualTo("gw-1");
        assertThat(mqtt.user()).isEqualTo("gateway");
        assertThat(mqtt.password()).asString().isEqualTo("hunter2");
        assertThat(mqtt.filters())
                .containsExactly(
                        "city/clock",
                        "city/+/traffic/+",
                        "city/+/air/+",
                        "v3/+/devices/+/up",
                        "ngsi/+",
                        "$SYS/dropped");
        assertThat(config.routes().decoder("ngsi/a").name()).isEqualTo("ngsi-ld");
        RateLimit limit = config.rateLimit();
        assertThat(limit.take("a", Instant.EPOCH, Instant.EPOCH)).isTrue();
        assertThat(limit.take("a", Instant.EPOCH.plusMillis(1_999), Instant.EPOCH))
                .isFalse();
        assertThat(limit.take("a", Instant.EPOCH.plusMillis(2_000), Instant.EPOCH))
                .isTrue();
        assertThat(mqtt.receiveMaximum()).isEqualTo(50);
        assertThat(mqtt.maximumPacketBytes()).isEqualTo(65_536);
        assertThat(mqtt.keepAlive()).isEqualTo(Duration.ofSeconds(10));
        assertThat(mqtt.sessionExpiry()).isEqualTo(Duration.ofDays(1));
        assertThat(mqtt.stallTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:9092");
        assertThat(config.kafkaDeliveryTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.clockSource()).isEqualTo(ClockSource.PUBLISHED);
        assertThat(config.clockKey()).isEqualTo("s3cret");
        assertThat(config.strictRegistry()).isTrue();
        assertThat(config.gatewayId()).isEqualTo("north");
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.httpHost()).isEqualTo("0.0.0.0");
        assertThat(config.httpPort()).isEqualTo(9091);
    }

    @Test
    void connectionsOfOneProcessShareUnderIdsThatStay() throws ConfigurationException {
        GatewayConfig config = load(Map.of(
                "MQTT_CONNECTIONS", "3",
                "MQTT_SHARED_GROUP", "north",
                "CLOCK_SOURCE", "published",
                "CLOCK_KEY", "s3cret"));
        assertThat(config.sessions())
                .extracting(MqttSettings::clientId)
                .containsExactly("citystream-gateway-0", "citystream-gateway-0-1", "citystream-gateway-0-2");
        assertThat(config.sessions().get(0).filters())
                .containsExactly(
                        "city/clock",
                        "$share/north/city/+/traffic/+",
                        "$share/north/city/+/air/+",
                        "$SYS/broker/publish/messages/dropped");
        assertThat(config.sessions().get(2).filters())
                .containsExactly("$share/north/city/+/traffic/+", "$share/north/city/+/air/+");
        assertThat(config.isShared()).isTrue();
    }

    @Test
    void noBrokerNeedTellWhatItDrops() throws ConfigurationException {
        GatewayConfig config = load(Map.of("MQTT_DROPPED_TOPIC", "none"));
        assertThat(config.mqtt().filters()).containsExactly("city/+/traffic/+", "city/+/air/+");
        assertThat(config.mqttDroppedTopic()).isEmpty();
    }

    @Test
    void securityIsWholeOrRefused() throws ConfigurationException {
        GatewayConfig config = load(Map.of(
                "MQTT_CA_FILE", "/ca.pem",
                "MQTT_CERTIFICATE_FILE", "/own.pem",
                "MQTT_CONNECTIONS", "2",
                "SENSOR_BURST", "0"));
        assertThatThrownBy(config::mqtt)
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> assertThat(e.problems()).hasSize(4));
        GatewayConfig missing = load(Map.of("MQTT_URL", "ssl://broker:8883", "MQTT_CA_FILE", "/does/not/exist"));
        assertThatThrownBy(missing::mqtt).hasMessageContaining("/does/not/exist");
    }

    @Test
    void kafkaIsSpokenToAsItsSettingsSay(@TempDir Path directory) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "with \"quotes\"\n");
        Path authorities = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----");
        GatewayConfig config = load(Map.of(
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_CA_FILE",
                authorities.toString(),
                "KAFKA_USER",
                "gateway",
                "KAFKA_PASSWORD_FILE",
                password.toString()));
        assertThat(config.kafka().admin())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("ssl.truststore.type", "PEM");
        Password login = (Password) config.kafka().admin().get("sasl.jaas.config");
        assertThat(login).isNotNull().as("never in a log").hasToString("[hidden]");
        assertThat(requireNonNull(login).value()).contains("username=\"gateway\" password=\"with \\\"quotes\\\"\";");
    }

    @Test
    void kafkasSecurityIsWholeOrRefused() throws ConfigurationException {
        GatewayConfig config = load(Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                "KAFKA_CA_FILE", "/ca.pem",
                "KAFKA_CERTIFICATE_FILE", "/own.pem",
                "KAFKA_USER", "gateway"));
        assertThatThrownBy(config::mqtt)
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(5)
                        .anyMatch(p -> p.contains("needs kafka-user and kafka-password-file"))
                        .anyMatch(p -> p.contains("/ca.pem cannot be read")));
    }

    @Test
    void allThatCannotWorkIsSaidAtOnce() throws ConfigurationException {
        GatewayConfig config = load(Map.of(
                "CLOCK_SOURCE", "published",
                "MQTT_RECEIVE_MAXIMUM", "0",
                "MQTT_CLIENT_ID", "a b",
                "MQTT_DROPPED_TOPIC", "city/dropped",
                "MQTT_KEEP_ALIVE", "PT0S"));
        assertThatThrownBy(config::mqtt)
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> assertThat(e.problems()).hasSize(5).anyMatch(p -> p.contains("clock-key")));
    }

    @Test
    void passwordFileThatIsNotThereIsNamed() throws ConfigurationException {
        GatewayConfig config = load(Map.of("MQTT_PASSWORD_FILE", "/does/not/exist"));
        assertThatThrownBy(config::mqtt).hasMessageContaining("/does/not/exist");
    }
}
