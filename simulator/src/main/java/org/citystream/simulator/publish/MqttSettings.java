package org.citystream.simulator.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.socket.NoDelaySocketFactory;
import org.citystream.service.socket.Pem;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the MQTT broker is and how to speak to it. A picocli mixin. */
public final class MqttSettings {
    private static final int KEEP_ALIVE_SECONDS = 20;
    private static final int ANSWER_SECONDS = 10;

    @Option(
            names = "--mqtt-url",
            paramLabel = "URL",
            defaultValue = "tcp://127.0.0.1:1883",
            description = "MQTT 5 broker, tcp://HOST:PORT or, encrypted, ssl://HOST:PORT (default: ${DEFAULT-VALUE}).")
    private String url = "tcp://127.0.0.1:1883";

    @Option(
            names = "--mqtt-client-id",
            paramLabel = "ID",
            defaultValue = "citystream-simulator",
            description = "Prefix of the MQTT client ids (default: ${DEFAULT-VALUE}).")
    private String clientId = "citystream-simulator";

    @Option(names = "--mqtt-user", paramLabel = "NAME", description = "MQTT user, if the broker wants one.")
    private @Nullable String user;

    @Option(names = "--mqtt-password-file", paramLabel = "FILE", description = "File that holds the MQTT password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--mqtt-ca-file",
            paramLabel = "FILE",
            description =
                    "PEM file of the authorities that may vouch for an ssl:// broker (default: those Java trusts).")
    private @Nullable Path caFile;

    @Option(
            names = "--mqtt-certificate-file",
            paramLabel = "FILE",
            description = "PEM file with a certificate to show to the broker, together with --mqtt-key-file.")
    private @Nullable Path certificateFile;

    @Option(names = "--mqtt-key-file", paramLabel = "FILE", description = "PEM file with its private key, PKCS #8.")
    private @Nullable Path keyFile;

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
        this.url = url;
        this.clientId = clientId;
        this.clockKey = clockKey;
        this.waitForSubscriber = waitForSubscriber;
    }

    public String url() {
        return url;
    }

    public String clientId() {
        return clientId;
    }

    private byte @Nullable [] password() {
        if (passwordFile == null) {
            return null;
        }
        try {
            return Files.readString(passwordFile).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read --mqtt-password-file " + passwordFile, e);
        }
    }

    /**
     * Refuses what cannot be used.
     *
     * @throws ConfigurationException with every problem
     */
    public void check() throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        if (!url.matches("(tcp|ssl|ws|wss)://.+")) {
            problems.add("--mqtt-url must be tcp://HOST:PORT or ssl://HOST:PORT but is " + url);
        }
        if (qos < 0 || qos > 2) {
            problems.add("--mqtt-qos must be 0, 1 or 2 but is " + qos);
        }
        if (connections < 1) {
            problems.add("--mqtt-connections must be at least 1 but is " + connections);
        }
        if (inFlight < 1) {
            problems.add("--mqtt-in-flight must be at least 1 but is " + inFlight);
        }
        if ((certificateFile == null) != (keyFile == null)) {
            problems.add("--mqtt-certificate-file and --mqtt-key-file must come together");
        }
        boolean anyPem = caFile != null || certificateFile != null;
        if (anyPem && !url.startsWith("ssl:")) {
            problems.add("--mqtt-ca-file and --mqtt-certificate-file are for ssl://..., but --mqtt-url is " + url);
        }
        try {
            password();
            sockets();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            problems.add(e.getMessage() + "; name files that this user can read");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /**
     * What opens the sockets; empty: Paho's own.
     *
     * @throws IllegalArgumentException if the PEM files do not hold what they should
     */
    private Optional<SocketFactory> sockets() {
        if (url.startsWith("tcp:")) {
            return Optional.of(new NoDelaySocketFactory());
        }
        if (!url.startsWith("ssl:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(NoDelaySocketFactory.encrypted(Pem.sockets(caFile, certificateFile, keyFile)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("--mqtt-ca-file, --mqtt-certificate-file or --mqtt-key-file: " + e, e);
        }
    }

    /** How to connect, apart from what becomes of the session. */
    public MqttConnectionOptions connection() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(ANSWER_SECONDS);
        sockets().ifPresent(options::setSocketFactory);
        if (user != null) {
            options.setUserName(user);
        }
        byte[] password = password();
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
