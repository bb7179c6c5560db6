package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.Mosquitto;
import org.citystream.testsupport.MqttExtension;
import org.citystream.testsupport.PostgresExtension;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The four services run as nobody, on a file system where only {@code /tmp} can be written, and do their work. */
class ConfinedServicesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final MqttExtension mqtt = new MqttExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final QuestDbExtension questDb = new QuestDbExtension();

    private record Running(String name, int port, Process process, Path log) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Running> services = new ArrayList<>();

    @TempDir
    Path programs;

    @TempDir
    Path logs;

    @AfterEach
    void end() throws InterruptedException {
        for (Running service : services) {
            service.process().destroy();
        }
        for (Running service : services) {
            assertThat(service.process().waitFor(30, TimeUnit.SECONDS))
                    .as("%s ends when it is asked to", service.name())
                    .isTrue();
        }
    }

    @Test
    void nobodyServesACityFromAFileSystemThatCannotBeWritten() throws Exception {
        Confinement confinement = Confinement.of(programs);
        assertThat(confinement.run("sh", "-c", "test $(id -u) = 65534 && touch /tmp/here"))
                .as("/tmp can be written")
                .isZero();
        for (String elsewhere : List.of("/", "/mnt", "/var/tmp", "/usr/lib")) {
            assertThat(confinement.run("sh", "-c", "touch " + elsewhere + "/here 2> /dev/null"))
                    .as(elsewhere + " cannot")
                    .isNotZero();
        }

        String brokers = "--kafka-bootstrap-servers=" + kafka.bootstrapServers();
        start(
                confinement,
                "gateway",
                "org.citystream.gateway.GatewayMain",
                List.of(brokers, "--mqtt-url=" + mqtt.url(), "--clock-source=published", "--clock-key=a key"));
        int alerting = start(
                confinement,
                "alerting",
                "org.citystream.alerting.AlertingMain",
                List.of(
                        brokers,
                        "--database-url=" + postgres.jdbcUrl(),
                        "--database-user=" + PostgresExtension.USER,
                        "--database-password-file=" + confinement.file("password", PostgresExtension.PASSWORD)));
        start(
                confinement,
                "dashboard",
                "org.citystream.dashboard.DashboardMain",
                List.of(brokers, "--questdb-url=" + questDb.jdbcUrl(), "--alerting-url=http://127.0.0.1:" + alerting));
        start(
                confinement,
                "simulator",
                "org.citystream.simulator.SimulatorMain",
                List.of(
                        "simulate",
                        brokers,
                        "--mqtt-url=" + mqtt.url(),
                        "--clock-key=a key",
                        "--traffic-history=PT5M",
                        "--air-history=PT1H",
                        "--data-dir=/tmp/simulator"));

        for (Running service : services) {
            Awaitility.await(service.name() + " is ready").atMost(PATIENCE).until(() -> isReady(service));
            assertThat(Confinement.user(service.process())).as(service.name()).isEqualTo(Confinement.NOBODY);
        }
        assertThat(kafka.consume(Topics.READINGS_TRAFFIC.name(), 100)).hasSizeGreaterThanOrEqualTo(100);
        String metrics = metrics();
        assertThat(selectorsOfTheRules())
                .hasSizeGreaterThan(9)
                .allSatisfy(selector -> assertThat(metrics).containsPattern(selector));
    }

    private String metrics() throws Exception {
        StringBuilder metrics = new StringBuilder();
        for (Running service : services) {
            metrics.append(http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        }
        return metrics.toString();
    }

    /**
     * What the rules ask the services for, as patterns of a line: a name and the labels by which it is chosen. Without what
     * there is only after the first delivery, or with a broker that tells what it drops.
     */
    private static List<String> selectorsOfTheRules() throws IOException {
        List<String> patterns = new ArrayList<>();
        Pattern selector = Pattern.compile("\\b((?:gateway|citystream)_\\w+)(?:\\{([^}]*)})?");
        Matcher found = selector.matcher(Files.readString(Chart.SOURCE.resolve("files/prometheus-rules.yaml"))
                .replace("namespace=~\".*\"", ""));
        while (found.find()) {
            String labels = found.group(2) == null ? "" : found.group(2);
            patterns.add("(?m)^" + found.group(1) + (labels.isEmpty() ? "[{ ]" : "\\{(.*,)?" + Pattern.quote(labels)));
        }
        patterns.removeIf(pattern -> pattern.contains("citystream_alerting_webhook_attempts_seconds_count")
                || pattern.contains("gateway_broker_dropped_total"));
        return patterns;
    }

    private int start(Confinement confinement, String name, String main, List<String> options) throws IOException {
        int port = Mosquitto.freePort();
        List<String> all = new ArrayList<>(options);
        all.add("--http-port=" + port);
        Path log = logs.resolve(name + ".log");
        services.add(new Running(name, port, confinement.java(main, all, log), log));
        return port;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private boolean isReady(Running service) throws InterruptedException {
        assertThat(service.process().isAlive())
                .as(() -> service.name() + " runs: " + text(service.log()))
                .isTrue();
        try {
            return http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + service.port() + "/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
