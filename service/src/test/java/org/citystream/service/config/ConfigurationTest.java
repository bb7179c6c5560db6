package org.citystream.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Option;

class ConfigurationTest {
    private static final class Settings {
        @Option(names = "--http-port", defaultValue = "8091")
        int httpPort;

        @Option(names = "--mqtt-url", defaultValue = "tcp://127.0.0.1:1883")
        String mqttUrl = "";

        @Option(names = "--retries", defaultValue = "3")
        int retries;
    }

    private static final String[] NO_ARGUMENTS = {};

    @TempDir
    Path directory = Path.of("");

    @Test
    void defaultsHoldWhereNothingIsGiven() throws Exception {
        Settings settings = Configuration.load(new Settings(), NO_ARGUMENTS, Map.of());

        assertThat(settings.httpPort).isEqualTo(8091);
        assertThat(settings.mqttUrl).isEqualTo("tcp://127.0.0.1:1883");
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path file = directory.resolve("gateway.properties");
        Files.writeString(file, "http-port=1\nmqtt-url=tcp://file:1883\nretries=7\n");

        Settings settings = Configuration.load(
                new Settings(),
                new String[] {"--http-port", "3"},
                Map.of("CONFIG_FILE", file.toString(), "HTTP_PORT", "2", "MQTT_URL", "tcp://env:1883"));

        assertThat(settings.httpPort).isEqualTo(3);
        assertThat(settings.mqttUrl).isEqualTo("tcp://env:1883");
        assertThat(settings.retries).isEqualTo(7);
    }

    @Test
    void allProblemsAreReportedAtOnceWithTheNearestKnownKey() throws Exception {
        Path file = directory.resolve("gateway.properties");
        Files.writeString(file, "mqtt-ulr=tcp://file:1883\n");

        assertThatThrownBy(() -> Configuration.load(
                        new Settings(),
                        new String[] {"--retires=4"},
                        Map.of("CONFIG_FILE", file.toString(), "HTTP_PORT", "eighty")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .anySatisfy(
                                        problem -> assertThat(problem).contains("mqtt-ulr", "did you mean 'mqtt-url'?"))
                                .anySatisfy(problem -> assertThat(problem).contains("--http-port", "eighty"))
                                .anySatisfy(problem ->
                                        assertThat(problem).contains("--retires", "did you mean 'retries'?")));
    }

    @Test
    void aMissingFileIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> Configuration.load(
                        new Settings(), NO_ARGUMENTS, Map.of("CONFIG_FILE", "/nowhere/x.properties")))
                .hasMessageContaining("/nowhere/x.properties")
                .hasMessageContaining("unset CONFIG_FILE");
    }

    @Test
    void aCommandLineOfItsOwnHasVariablesOfItsOwn() {
        EnvironmentNames names = EnvironmentNames.prefixed("SIMULATOR", java.util.List.of("mqtt", "http"));

        assertThat(names.variableOf("--speed")).isEqualTo("SIMULATOR_SPEED");
        assertThat(names.variableOf("--data-dir")).isEqualTo("SIMULATOR_DATA_DIR");
        assertThat(names.variableOf("--mqtt-url")).isEqualTo("MQTT_URL");
        assertThat(names.variableOf("--http-port")).isEqualTo("HTTP_PORT");
        assertThat(EnvironmentNames.bare().variableOf("--data-dir")).isEqualTo("DATA_DIR");
    }
}
