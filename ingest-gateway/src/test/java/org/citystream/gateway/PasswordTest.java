package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for a user and a password, which the gateway has in a file. */
class PasswordTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @TempDir
    Path directory;

    private static Gateway gateway(Mosquitto broker, Path password) throws ConfigurationException {
        String[] settings = {
            "--mqtt-url=tcp://127.0.0.1:" + broker.port(),
            "--mqtt-client-id=password",
            "--mqtt-user=gateway",
            "--mqtt-password-file=" + password,
            "--kafka-bootstrap-servers=" + kafka.bootstrapServers(),
            "--http-port=0"
        };
        return Gateway.start(
                Configuration.load(new GatewayConfig(), settings, Map.of()), InstantSource.system(), () -> {});
    }

    @Test
    void theRightOneOpensAndAnotherSaysWhy() throws Exception {
        Path users = directory.resolve("users");
        run(Mosquitto.program("mosquitto_passwd"), "-b", "-c", users.toString(), "gateway", "correct horse");
        int port = Mosquitto.freePort();
        Mosquitto broker = Mosquitto.startWith(
                directory, port, "listener " + port + " 127.0.0.1", "allow_anonymous false", "password_file " + users);
        Path right = Files.writeString(directory.resolve("right"), "correct horse\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "battery staple\n");
        try {
            try (Gateway refused = gateway(broker, wrong)) {
                await().atMost(Probe.PATIENCE)
                        .untilAsserted(() -> assertThat(Probe.of(refused).health())
                                .containsIgnoringCase("not authorized")
                                .doesNotContain("battery"));
            }
            try (Gateway welcome = gateway(broker, right)) {
                Probe.of(welcome).awaitReady();
            }
        } finally {
            broker.kill();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(status).isZero();
    }
}
