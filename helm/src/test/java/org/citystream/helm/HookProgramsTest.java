package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.health.Health;
import org.citystream.service.health.ManagementServer;
import org.citystream.service.metrics.Metrics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the hooks, started as the rendered hooks start them. */
class HookProgramsTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @TempDir
    static Path folder;

    private static List<JsonNode> objects = List.of();

    @BeforeAll
    static void render() throws Exception {
        objects = Chart.in(folder.resolve("chart")).objects(Chart.values("minimal"));
    }

    /** How a program ended and what it said. */
    private record End(int status, String output) {}

    @Test
    void theTopicsJobMakesTheTopicsOfTheCatalogueAndIsFineWithThoseThatAreThere() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Topic missing = Topics.ALL.get(Topics.ALL.size() - 1);
            admin.deleteTopics(List.of(missing.name())).all().get();
            Map<String, String> settings =
                    Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "TOPICS_REPLICATION_FACTOR", "1");

            End first = topics(settings);
            End again = topics(settings);

            assertThat(first.status()).as(first.output()).isZero();
            assertThat(again.status()).as(again.output()).isZero();
            assertThat(first.output()).containsPattern(missing.name() + ".* created");
            assertThat(again.output()).doesNotContain("created");
            assertThat(admin.listTopics().names().get())
                    .containsAll(Topics.ALL.stream().map(Topic::name).toList());
        }
    }

    @Test
    void whatIsWrongWithItsSettingsIsSaid() throws Exception {
        End end = topics(Map.of("TOPICS_REPLICATION_FACTOR", "0"));

        assertThat(end.status()).isEqualTo(2);
        assertThat(end.output()).contains("topics: ", "topics-replication-factor must be at least 1");
    }

    /** With the variables of the rendered job. */
    private static End topics(Map<String, String> others) throws Exception {
        JsonNode container =
                Chart.find(objects, "Job", "lindholm-citystream-topics").at("/spec/template/spec/containers/0");
        Map<String, String> environment = new TreeMap<>();
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        environment.putAll(others);
        return run(container, List.of(), environment);
    }

    @Test
    void theTestOfTheReleaseSaysWhoIsNotReady() throws Exception {
        JsonNode container =
                Chart.find(objects, "Pod", "lindholm-citystream-test").at("/spec/containers/0");
        Health health = new Health();
        Javalin flink = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get(
                            "/jobs/overview",
                            context -> context.result("{\"jobs\":[{\"name\":\"traffic-job\",\"state\":\""
                                    + (context.queryParam("state") == null ? "RUNNING" : "FAILED") + "\"}]}"));
                })
                .start("127.0.0.1", 0);
        try (ManagementServer service = ManagementServer.start("127.0.0.1", 0, health, Metrics.registry())) {
            String ready = "http://127.0.0.1:" + service.port() + "/health/ready";
            String nobody = "http://127.0.0.1:" + Mosquitto.freePort() + "/health/ready";
            String job = "http://127.0.0.1:" + flink.port() + "/jobs/overview";

            End good = run(container, List.of(ready, job), Map.of());
            End away = run(container, List.of(ready, nobody), Map.of());
            End failed = run(container, List.of(ready, job + "?state=FAILED"), Map.of());

            assertThat(good.status()).as(good.output()).isZero();
            assertThat(away.status()).isEqualTo(1);
            assertThat(away.output()).contains(ready + " 200", nobody + " cannot be reached");
            assertThat(failed.status()).as("a job that does not run").isEqualTo(1);
            assertThat(failed.output()).contains("traffic-job", "FAILED");
        } finally {
            flink.stop();
        }
    }

    @Test
    void everyProgramThatTheChartNamesIsThere() {
        assertThat(objects).isNotEmpty();
        for (String name : Chart.cases()) {
            Pods.in(chartObjects(name)).stream()
                    .flatMap(pod -> pod.containers().stream())
                    .filter(container -> container.has("command"))
                    .forEach(container -> assertThat(container.at("/command/3").asText())
                            .satisfies(main -> assertThat(Class.forName(main).getMethod("main", String[].class))
                                    .isNotNull()));
        }
    }

    private static List<JsonNode> chartObjects(String name) {
        try {
            return Chart.in(folder.resolve(name)).objects(Chart.values(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The container's command with this JVM's class path in place of the image's. */
    private static End run(JsonNode container, List<String> arguments, Map<String, String> environment)
            throws Exception {
        List<String> command = new ArrayList<>();
        container.path("command").forEach(word -> command.add(word.asText()));
        assertThat(command).hasSize(4).startsWith("java", "-cp", "@/app/jib-classpath-file");
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.set(2, System.getProperty("java.class.path"));
        command.addAll(1, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        File output = Files.createTempFile(folder, "output", ".txt").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", command.get(command.size() - 1))
                    .isTrue();
            return new End(process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
