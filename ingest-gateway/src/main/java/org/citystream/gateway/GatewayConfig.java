package org.citystream.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.gateway.clock.ClockSource;
import org.citystream.gateway.clock.PublishedTimes;
import org.citystream.gateway.mqtt.MqttSettings;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gateway's settings. */
public final class GatewayConfig {
    private static final List<String> READINGS = List.of("city/+/traffic/+", "city/+/air/+");

    @Mixin
    private KafkaSettings kafka = new KafkaSettings();

    @Option(
            names = "--mqtt-url",
            defaultValue = "tcp://127.0.0.1:1883",
            description = "MQTT 5 broker, tcp:// or ssl:// (default: ${DEFAULT-VALUE}).")
    private String mqttUrl = "tcp://127.0.0.1:1883";

    @Option(
            names = "--mqtt-client-id",
            defaultValue = "citystream-gateway-0",
            description =
                    "Client id; the broker keeps the session under it, so it must be stable and this gateway's own"
                            + " (default: ${DEFAULT-VALUE}).")
    private String mqttClientId = "citystream-gateway-0";

    @Option(names = "--mqtt-user", description = "User at the broker (default: none).")
    private @Nullable String mqttUser;

    @Option(names = "--mqtt-password-file", description = "File with the user's password (default: none).")
    private @Nullable Path mqttPasswordFile;

    @Option(
            names = "--mqtt-receive-maximum",
            defaultValue = "500",
            description = "Messages the broker may send ahead of their acknowledgement, 1..65535"
                    + " (default: ${DEFAULT-VALUE}).")
    private int mqttReceiveMaximum = 500;

    @Option(
            names = "--mqtt-maximum-packet-bytes",
            defaultValue = "262144",
            description = "Larger messages are left to the broker, which discards them (default: ${DEFAULT-VALUE}).")
    private int mqttMaximumPacketBytes = 262_144;

    @Option(
            names = "--mqtt-keep-alive",
            defaultValue = "PT30S",
            description = "Time after which a silent connection is found dead (default: ${DEFAULT-VALUE}).")
    private Duration mqttKeepAlive = Duration.ofSeconds(30);

    @Option(
            names = "--mqtt-session-expiry",
            defaultValue = "P7D",
            description = "How long the broker keeps messages for an absent gateway (default: ${DEFAULT-VALUE}).")
    private Duration mqttSessionExpiry = Duration.ofDays(7);

    @Option(
            names = "--kafka-delivery-timeout",
            defaultValue = "PT2M",
            description = "How long Kafka may take to store a record before the producer is replaced and the broker"
                    + " delivers again (default: ${DEFAULT-VALUE}).")
    private Duration kafkaDeliveryTimeout = Duration.ofMinutes(2);

    @Option(
            names = "--clock-source",
            defaultValue = "wall",
            description = "wall: this host's clock. published: a simulator or replay says what time it is"
                    + " (default: ${DEFAULT-VALUE}).")
    private ClockSource clockSource = ClockSource.WALL;

    @Option(
            names = "--clock-key",
            defaultValue = "",
            description = "Secret by which the clock's publisher is known; required with clock-source published.")
    private String clockKey = "";

    @Option(
            names = "--strict-registry",
            arity = "0..1",
            defaultValue = "false",
            fallbackValue = "true",
            description = "Reject readings of sensors that are not registered, instead of flagging them.")
    private boolean strictRegistry;

    @Option(
            names = "--gateway-id",
            defaultValue = "",
            description = "Name of this gateway in record headers (default: the client id).")
    private String gatewayId = "";

    @Option(
            names = "--drain-timeout",
            defaultValue = "PT10S",
            description = "How long a stop waits for messages under way (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--http-host",
            defaultValue = "127.0.0.1",
            description = "Address of the management server (default: ${DEFAULT-VALUE}).")
    private String httpHost = "127.0.0.1";

    @Option(
            names = "--http-port",
            defaultValue = "8091",
            description = "Port of the management server (default: ${DEFAULT-VALUE}).")
    private int httpPort = 8091;

    KafkaSettings kafka() {
        return kafka;
    }

    /**
     * The broker's settings, with the password read from its file.
     *
     * @throws ConfigurationException with every setting that cannot be used
     */
    MqttSettings mqtt() throws ConfigurationException {
        check();
        List<String> filters = new ArrayList<>();
        List<String> obsolete = new ArrayList<>();
        // First, so that a retained clock is there before the readings.
        (clockSource == ClockSource.PUBLISHED ? filters : obsolete).add(PublishedTimes.TOPIC);
        filters.addAll(READINGS);
        return new MqttSettings(
                mqttUrl,
                mqttClientId,
                mqttUser,
                password(),
                filters,
                obsolete,
                mqttReceiveMaximum,
                mqttMaximumPacketBytes,
                mqttKeepAlive,
                mqttSessionExpiry,
                kafkaDeliveryTimeout.plusSeconds(60));
    }

    private void check() throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        if (clockSource == ClockSource.PUBLISHED && clockKey.isEmpty()) {
            problems.add("clock-source published needs a clock-key, the same as the simulator's or replay's");
        }
        if (mqttReceiveMaximum < 1 || mqttReceiveMaximum > 65_535) {
            problems.add("mqtt-receive-maximum must be within 1..65535 but is " + mqttReceiveMaximum);
        }
        if (mqttMaximumPacketBytes < 1_024) {
            problems.add("mqtt-maximum-packet-bytes must be at least 1024 but is " + mqttMaximumPacketBytes);
        }
        if (!mqttClientId.matches("[A-Za-z0-9._:-]{1,128}")) {
            problems.add("mqtt-client-id must match [A-Za-z0-9._:-]{1,128} but is '" + mqttClientId + "'");
        }
        requireAtLeast("mqtt-keep-alive", mqttKeepAlive, Duration.ofSeconds(1), problems);
        requireAtLeast("mqtt-session-expiry", mqttSessionExpiry, Duration.ofMinutes(1), problems);
        requireAtLeast("kafka-delivery-timeout", kafkaDeliveryTimeout, Duration.ofSeconds(1), problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static void requireAtLeast(String name, Duration value, Duration least, List<String> problems) {
        if (value.compareTo(least) < 0) {
            problems.add(name + " must be at least " + least + " but is " + value);
        }
    }

    private byte @Nullable [] password() throws ConfigurationException {
        if (mqttPasswordFile == null) {
            return null;
        }
        try {
            return Files.readString(mqttPasswordFile).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException(List.of("mqtt-password-file " + mqttPasswordFile + " cannot be read (" + e
                    + "); make it readable for the" + " gateway's user"));
        }
    }

    Duration kafkaDeliveryTimeout() {
        return kafkaDeliveryTimeout;
    }

    ClockSource clockSource() {
        return clockSource;
    }

    String clockKey() {
        return clockKey;
    }

    boolean strictRegistry() {
        return strictRegistry;
    }

    String gatewayId() {
        return gatewayId.isEmpty() ? mqttClientId : gatewayId;
    }

    Duration drainTimeout() {
        return drainTimeout;
    }

    String httpHost() {
        return httpHost;
    }

    int httpPort() {
        return httpPort;
    }
}
