package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.awaitility.Awaitility;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of the plain mode comes up in Flink's own JobManager from what is rendered: its {@code config.yaml}, its arguments
 * and no other Java options than it names. Only what needs a cluster is taken out: high availability, addresses and paths.
 */
class PlainJobTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JOB = "lindholm-citystream-traffic-job";
    private static final String JAVA_OPTIONS = "env.java.default-opts.all";

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @TempDir
    static Path folder;

    private static List<JsonNode> objects = List.of();

    @BeforeAll
    static void render() throws Exception {
        objects = Chart.in(folder.resolve("chart")).objects(Chart.values("plain"));
    }

    @Test
    void theJobRunsInTheJobManagerThatIsRendered() throws Exception {
        int port = Mosquitto.freePort();
        Path log = folder.resolve("jobmanager.log");
        ObjectNode configuration = configuration(port);
        Process jobManager = start(configuration, log);
        try {
            Awaitility.await("the job runs").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(jobManager.isAlive()).as(() -> text(log)).isTrue();
                assertThat(overview(port))
                        .as(() -> text(log))
                        .contains("\"name\":\"traffic-job\"", "\"state\":\"RUNNING\"");
            });
        } finally {
            jobManager.destroy();
            if (!jobManager.waitFor(20, TimeUnit.SECONDS)) {
                jobManager.destroyForcibly();
            }
        }
    }

    /** The rendered configuration, made to run on this machine alone. */
    private static ObjectNode configuration(int port) {
        ObjectNode configuration = (ObjectNode) Chart.parse(Chart.find(objects, "ConfigMap", JOB)
                        .at("/data/config.yaml")
                        .asText())
                .get(0);
        configuration.remove(List.of("high-availability.type", "high-availability.storageDir"));
        configuration.properties().forEach(entry -> {
            if (entry.getValue().asText().startsWith("file:///state")) {
                entry.setValue(configuration.textNode(entry.getValue()
                        .asText()
                        .replace("file:///state", folder.toUri().toString())));
            }
        });
        return configuration
                .put("jobmanager.rpc.address", "127.0.0.1")
                .put("jobmanager.rpc.port", 0)
                .put("jobmanager.bind-host", "127.0.0.1")
                .put("blob.server.port", 0)
                .put("rest.port", port)
                .put("rest.address", "127.0.0.1")
                .put("rest.bind-address", "127.0.0.1")
                .put("metrics.reporter.prom.port", Mosquitto.freePort())
                .put("io.tmp.dirs", folder.toString());
    }

    private static Process start(ObjectNode configuration, Path log) throws IOException {
        Path directory = Files.createDirectory(folder.resolve("conf"));
        Chart.YAML.writeValue(directory.resolve("config.yaml").toFile(), configuration);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m"));
        command.addAll(List.of(configuration.path(JAVA_OPTIONS).asText().split(" ")));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                StandaloneApplicationClusterEntryPoint.class.getName(),
                "--configDir",
                directory.toString()));
        command.addAll(arguments());
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }

    /** Those of the container, behind the word by which the image's entry point knows what to start. */
    private static List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        Chart.find(objects, "Deployment", JOB + "-jobmanager")
                .at("/spec/template/spec/containers/0/args")
                .forEach(argument -> arguments.add(argument.asText().replace("$(POD_IP)", "127.0.0.1")));
        assertThat(arguments.remove(0)).isEqualTo("standalone-job");
        arguments.set(arguments.indexOf("--kafka-bootstrap-servers") + 1, kafka.bootstrapServers());
        return arguments;
    }

    private static String overview(int port) throws IOException, InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/jobs/overview"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "not there yet";
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
