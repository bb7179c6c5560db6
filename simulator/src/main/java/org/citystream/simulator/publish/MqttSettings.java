package org.citystream.simulator.publish;

import java.util.ArrayList;
import java.util.List;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.mqtt.BrokerAccess;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the MQTT broker is and how to speak to it. A picocli mixin. */
public final class MqttSettings {
    private static final int KEEP_ALIVE_SECONDS = 20;
    private static final int ANSWER_SECONDS = 10;

    @Mixin
    private BrokerAccess broker = new BrokerAccess();

    @Option(
            names = "--mqtt-client-id",
            paramLabel = "ID",
            defaultValue = "citystream-simulator",
            description = "Prefix of the MQTT client ids (default: ${DEFAULT-VALUE}).")
    private String clientId = "citystream-simulator";

    @Option(
            names = "--mqtt-qos",
            paramLabel = "0|1|2",
            defaultValue = "1",
            description = "Quality of service of readings; at 0 nothing is promised (default: ${DEFAULT-VALUE}).")
    private int qos = 1;

    @Option(
            names = "--mqtt-connections",
            paramLabel = "N",
            defaultValue = "2",
            description = "Connections to spread the readings over (default: ${DEFAULT-VALUE}).")
    private int connections = 2;

    @Option(
            names = "--mqtt-connection-per-sensor",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            description = "Instead, each sensor has a connection of its own, with the client id PREFIX-SENSOR.")
    private boolean connectionPerSensor;

    @Option(
            names = "--mqtt-in-flight",
            paramLabel = "N",
            defaultValue = "500",
            description = "Unacknowledged messages per connection; never more than the broker's receive maximum"
                    + " (default: ${DEFAULT-VALUE}).")
    private int inFlight = 500;

    @Option(
            names = "--clock-key",
            paramLabel = "KEY",
            description =
                    "Shared secret that makes the gateway take its clock from here; without it only readings go out.")
    private @Nullable String clockKey;

    @Option(
            names = "--wait-for-subscriber",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description = "Publish a reading again until somebody subscribes to it, so that none is lost before the"
                    + " gateway is there (default: ${DEFAULT-VALUE}).")
    private boolean waitForSubscriber = true;

    public MqttSettings() {}

    /** For tests and tools: the defaults, elsewhere. */
    public MqttSettings(String url, String clientId, @Nullable String clockKey, boolean waitForSubscriber) {
        this.broker = new BrokerAccess(url);
        this.clientId = clientId;
        this.clockKey = clockKey;
        this.waitForSubscriber = waitForSubscriber;
    }

    public String url() {
        return broker.url();
    }

    public String clientId() {
        return clientId;
    }

    /**
     * Refuses what cannot be used.
     *
     * @throws ConfigurationException with every problem
     */
    public void check() throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        if (qos < 0 || qos > 2) {
            problems.add("--mqtt-qos must be 0, 1 or 2 but is " + qos);
        }
        if (connections < 1) {
            problems.add("--mqtt-connections must be at least 1 but is " + connections);
        }
        if (inFlight < 1) {
            problems.add("--mqtt-in-flight must be at least 1 but is " + inFlight);
        }
        problems.addAll(broker.problems());
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** How to connect, apart from what becomes of the session. */
    public MqttConnectionOptions connection() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(ANSWER_SECONDS);
        broker.sockets().ifPresent(options::setSocketFactory);
        String user = broker.user();
        if (user != null) {
            options.setUserName(user);
        }
        byte[] password = broker.password();
        if (password != null) {
            options.setPassword(password);
        }
        return options;
    }

    int qos() {
        return qos;
    }

    int connections() {
        return connections;
    }

    boolean connectionPerSensor() {
        return connectionPerSensor;
    }

    int inFlight() {
        return inFlight;
    }

    @Nullable String clockKey() {
        return clockKey;
    }

    boolean waitForSubscriber() {
        return waitForSubscriber;
    }
}
