package org.citystream.simulator.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the MQTT broker is and how to speak to it. A picocli mixin. */
public final class MqttSettings {
    @Option(
            names = "--mqtt-url",
            paramLabel = "URL",
            defaultValue = "tcp://127.0.0.1:1883",
            description = "MQTT 5 broker (default: ${DEFAULT-VALUE}).")
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
            names = "--mqtt-connections",
            paramLabel = "N",
            defaultValue = "2",
            description = "Connections to spread the readings over (default: ${DEFAULT-VALUE}).")
    private int connections = 2;

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

    @Nullable String user() {
        return user;
    }

    byte @Nullable [] password() {
        if (passwordFile == null) {
            return null;
        }
        try {
            return Files.readString(passwordFile).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read --mqtt-password-file " + passwordFile, e);
        }
    }

    int connections() {
        return Math.max(1, connections);
    }

    int inFlight() {
        return Math.max(1, inFlight);
    }

    @Nullable String clockKey() {
        return clockKey;
    }

    boolean waitForSubscriber() {
        return waitForSubscriber;
    }
}
