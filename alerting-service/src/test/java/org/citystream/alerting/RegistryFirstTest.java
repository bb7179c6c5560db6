package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Until it is known where things lie, nobody can be told rightly: routes, silences and groups ask for it. */
class RegistryFirstTest {
    private static final String ROUTES = """
            route:
              receiver: desk
              routes: [{matchers: ['corridor="ring-north"'], receiver: north}]
            """;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path directory;

    @Test
    void eventsAreReadOnceTheRegistryHasBeenRead() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(Topics.SENSORS.name())).all().get(30, TimeUnit.SECONDS);
        }
        Path routes = Files.writeString(directory.resolve("routes.yaml"), ROUTES);
        try (Receiver receiver = Receiver.start();
                Service service = Service.start(
                        kafka.bootstrapServers(),
                        postgres.jdbcUrl(),
                        directory,
                        config -> config.routesFile = routes)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> service.get("/health/ready").body().contains(Topics.SENSORS + " has not been read"));
            Awaitility.await("the schema, for the webhook")
                    .until(() -> service.post(
                                            "/api/v1/webhooks",
                                            "{\"url\":\"" + receiver.url() + "\",\"receivers\":[\"north\"]}")
                                    .status()
                            == 201);
            kafka.produce(Topics.EVENTS, "ring-1", Events.on("ring-1").opened());

            kafka.create(Topics.SENSORS);
            kafka.produce(
                    Topics.SENSORS.name(),
                    "loop-1@1",
                    ("{\"sensorId\":\"loop-1\",\"kind\":\"traffic\",\"cityId\":\"lindholm\",\"roadSegmentId\":\"ring-1\","
                                    + "\"corridorId\":\"ring-north\",\"version\":1}")
                            .getBytes(StandardCharsets.UTF_8));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> receiver.received().size() == 1);
            assertThat(receiver.received().get(0).body())
                    .contains("alert.opened")
                    .contains("ring-1");
            service.awaitReady();
        } finally {
            kafka.create(Topics.SENSORS);
        }
    }
}
