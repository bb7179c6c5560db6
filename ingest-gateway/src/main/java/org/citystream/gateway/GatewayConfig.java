package org.citystream.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.gateway.clock.ClockSource;
import org.citystream.gateway.clock.PublishedTimes;
import org.citystream.gateway.mqtt.MqttSettings;
import org.citystream.gateway.route.RouteReader;
import org.citystream.gateway.route.Routes;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.Problems;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.mqtt.BrokerAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gateway's settings. */
public final class GatewayConfig {
    @Mixin
    private KafkaSettings kafka = new KafkaSettings();

    @Mixin
    private BrokerAccess broker = new BrokerAccess();

    @Option(
            names = "--mqtt-client-id",
            defaultValue = "citystream-gateway-0",
            description =
                    "Client id; the broker keeps the session under it, so it must be stable and this gateway's own"
                            + " (default: ${DEFAULT-VALUE}).")
    private String mqttClientId = "citystream-gateway-0";

    @Option(
            names = "--mqtt-connections",
            defaultValue = "1",
            description = "Connections of this process; more than one need a mqtt-shared-group"
                    + " (default: ${DEFAULT-VALUE}).")
    private int mqttConnections = 1;

    @Option(
            names = "--mqtt-shared-group",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Shares messages with all gateways of this group, at the price of the order of a sensor's"
                    + " readings (default: all messages come to this gateway).")
    private String mqttSharedGroup = "";

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
            defaultValue = "PT10S",
            description = "After so long without a word the broker is asked, and after as long again without an answer"
                    + " the connection is given up (default: ${DEFAULT-VALUE}).")
    private Duration mqttKeepAlive = Duration.ofSeconds(10);

    @Option(
            names = "--mqtt-session-expiry",
            defaultValue = "P7D",
            description = "How long the broker keeps messages for an absent gateway (default: ${DEFAULT-VALUE}).")
    private Duration mqttSessionExpiry = Duration.ofDays(7);

    @Option(
            names = "--mqtt-dropped-topic",
            paramLabel = "TOPIC",
            defaultValue = "$SYS/broker/publish/messages/dropped",
            description = "Where the broker tells how many messages it has dropped, if it does; none: do not listen"
                    + " (default: ${DEFAULT-VALUE}).")
    private String mqttDroppedTopic = "$SYS/broker/publish/messages/dropped";

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
            names = "--formats-file",
            paramLabel = "FILE",
            description = "YAML or JSON file with the topics on which other formats are spoken (default: none).")
    private @Nullable Path formatsFile;

    @Option(
            names = "--format-routes",
            paramLabel = "FILTER=FORMAT@CITY,...",
            defaultValue = "",
            description = "The same in short, such as v3/+/devices/+/up=things-stack@lindholm (default: none).")
    private String formatRoutes = "";

    @Option(
            names = "--sensor-rate-per-second",
            defaultValue = "0",
            description = "Readings one sensor may send a second in the long run; more are rejected. 0: any number"
                    + " (default: ${DEFAULT-VALUE}).")
    private double sensorRatePerSecond;

    @Option(
            names = "--sensor-burst",
            defaultValue = "100",
            description = "Readings one sensor may send at once (default: ${DEFAULT-VALUE}).")
    private int sensorBurst = 100;

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
        return new MqttSettings(
                broker.url(),
                mqttClientId,
                broker.user(),
                broker.password(),
                broker.sockets().orElse(null),
                filters(true),
                mqttReceiveMaximum,
                mqttMaximumPacketBytes,
                mqttKeepAlive,
                mqttSessionExpiry,
                kafkaDeliveryTimeout.plusSeconds(60));
    }

    /**
     * The settings of each of this process's sessions. Client ids are stable: {@code ID}, {@code ID-1}, {@code ID-2} and so
     * on. The first one alone hears the published clock and what the broker tells of itself.
     *
     * @throws ConfigurationException with every setting that cannot be used
     */
    List<MqttSettings> sessions() throws ConfigurationException {
        MqttSettings first = mqtt();
        List<MqttSettings> sessions = new ArrayList<>(List.of(first));
        for (int i = 1; i < mqttConnections; i++) {
            sessions.add(first.withSession(mqttClientId + "-" + i, filters(false)));
        }
        return sessions;
    }

    private List<String> filters(boolean first) throws ConfigurationException {
        List<String> filters = new ArrayList<>();
        if (first && clockSource == ClockSource.PUBLISHED) {
            // First, so that a retained clock is there before the readings.
            filters.add(PublishedTimes.TOPIC);
        }
        String share = isShared() ? "$share/" + mqttSharedGroup + "/" : "";
        routes().filters().forEach(filter -> filters.add(share + filter));
        if (first && !mqttDroppedTopic().isEmpty()) {
            filters.add(mqttDroppedTopic());
        }
        return filters;
    }

    /** Whether this gateway takes its share of messages only. */
    boolean isShared() {
        return !mqttSharedGroup.isEmpty();
    }

    /**
     * Which format is spoken on which topic.
     *
     * @throws ConfigurationException with everything wrong about it
     */
    Routes routes() throws ConfigurationException {
        return RouteReader.read(formatsFile, formatRoutes);
    }

    RateLimit rateLimit() {
        return new RateLimit(sensorRatePerSecond, sensorBurst);
    }

    private void check() throws ConfigurationException {
        Problems problems = new Problems();
        problems.addAll(kafka.problems());
        problems.addAll(broker.problems());
        if (clockSource == ClockSource.PUBLISHED && clockKey.isEmpty()) {
            problems.add("clock-source published needs a clock-key, the same as the simulator's or replay's");
        }
        problems.within("mqtt-receive-maximum", mqttReceiveMaximum, 1, 65_535);
        problems.port("http-port", httpPort);
        if (mqttMaximumPacketBytes < 1_024) {
            problems.add("mqtt-maximum-packet-bytes must be at least 1024 but is " + mqttMaximumPacketBytes);
        }
        if (mqttConnections < 1 || mqttConnections > 64) {
            problems.add("mqtt-connections must be within 1..64 but is " + mqttConnections);
        } else if (mqttConnections > 1 && mqttSharedGroup.isEmpty()) {
            problems.add("more than one of mqtt-connections need a mqtt-shared-group, or each would get every message");
        }
        if (!mqttSharedGroup.matches("[A-Za-z0-9._:-]{0,128}")) {
            problems.add("mqtt-shared-group must match [A-Za-z0-9._:-]{1,128} but is '" + mqttSharedGroup + "'");
        }
        if (!mqttClientId.matches("[A-Za-z0-9._:-]{1,128}")) {
            problems.add("mqtt-client-id must match [A-Za-z0-9._:-]{1,128} but is '" + mqttClientId + "'");
        }
        if (!mqttDroppedTopic.matches("none|\\$SYS/[^+#\\s]+")) {
            problems.add("mqtt-dropped-topic must be none or a topic below $SYS/ but is '" + mqttDroppedTopic + "'");
        }
        if (!(sensorRatePerSecond >= 0) || sensorBurst < 1) {
            problems.add("sensor-rate-per-second must be at least 0 and sensor-burst at least 1");
        }
        requireAtLeast("mqtt-keep-alive", mqttKeepAlive, Duration.ofSeconds(1), problems);
        requireAtLeast("mqtt-session-expiry", mqttSessionExpiry, Duration.ofMinutes(1), problems);
        requireAtLeast("kafka-delivery-timeout", kafkaDeliveryTimeout, Duration.ofSeconds(1), problems);
        problems.refuseAny();
    }

    private static void requireAtLeast(String name, Duration value, Duration least, Problems problems) {
        if (value.compareTo(least) < 0) {
            problems.add(name + " must be at least " + least + " but is " + value);
        }
    }

    /** Empty: nowhere. */
    String mqttDroppedTopic() {
        return mqttDroppedTopic.equals("none") ? "" : mqttDroppedTopic;
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
