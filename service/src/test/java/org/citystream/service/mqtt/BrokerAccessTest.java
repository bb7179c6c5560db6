package org.citystream.service.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.socket.NoDelaySocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAccessTest {
    private static final Map<String, String> ENCRYPTED = Map.of("MQTT_URL", "ssl://broker:8883");

    @TempDir
    Path directory = Path.of("");

    private static BrokerAccess load(Map<String, String> environment, String... arguments)
            throws ConfigurationException {
        return Configuration.load(new BrokerAccess(), arguments, environment);
    }

    @Test
    void theUrlDecidesTheSockets() throws Exception {
        assertThat(load(Map.of()).url()).isEqualTo("tcp://127.0.0.1:1883");
        assertThat(load(Map.of()).sockets()).containsInstanceOf(NoDelaySocketFactory.class);
        assertThat(load(ENCRYPTED).sockets()).containsInstanceOf(SSLSocketFactory.class);
        assertThat(new BrokerAccess("wss://broker/mqtt").sockets()).isEmpty();
        assertThat(load(ENCRYPTED).problems()).isEmpty();
    }

    @Test
    void theFilesLastLineBreakIsNoPartOfThePassword() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "hunter2\n");
        BrokerAccess access = load(Map.of("MQTT_USER", "sensor", "MQTT_PASSWORD_FILE", file.toString()));

        assertThat(access.user()).isEqualTo("sensor");
        assertThat(access.password()).asString().isEqualTo("hunter2");
        assertThat(load(Map.of()).password()).isNull();
    }

    @Test
    void aCertificateNeedsItsKeyAndEncryption() throws Exception {
        assertThat(load(Map.of(), "--mqtt-certificate-file", "own.pem").problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("must come together"))
                .anyMatch(problem -> problem.contains("are for ssl://..., but --mqtt-url is tcp://127.0.0.1:1883"));
        assertThat(load(ENCRYPTED, "--mqtt-key-file", "own.key").problems())
                .singleElement()
                .asString()
                .contains("must come together");
    }

    @Test
    void everyFileThatCannotBeUsedIsNamed() throws Exception {
        Path noPem = Files.writeString(directory.resolve("ca.pem"), "");

        assertThat(load(ENCRYPTED, "--mqtt-password-file", "/nowhere/password", "--mqtt-ca-file", noPem.toString())
                        .problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("cannot read --mqtt-password-file /nowhere/password"))
                .anyMatch(problem -> problem.contains(noPem + " holds no certificate"));
    }
}
