package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The images, as far as they can be looked at without a registry: built on an empty base. The archives are there after
 * {@code mvn -Pimages -Dimage.base=scratch -pl helm -am verify -DskipITs -Dtest=ImagesTest
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ImagesTest {
    @ParameterizedTest
    @CsvSource({
        "ingest-gateway, org.citystream.gateway.GatewayMain, 8091",
        "alerting-service, org.citystream.alerting.AlertingMain, 8090",
        "dashboard, org.citystream.dashboard.DashboardMain, 8080",
        "simulator, org.citystream.simulator.SimulatorMain, 8092"
    })
    void anImageIsLayeredUnprivilegedLabelledAndTheSameEachTime(String module, String main, int port) throws Exception {
        Path archive = Path.of("..", module, "target", "jib-image.tar");
        if (!Files.exists(archive)) {
            System.out.println("ImagesTest is skipped for " + module + ": profile images was not used");
        }
        assumeTrue(Files.exists(archive));
        JsonNode manifest =
                Chart.json().readTree(entry(archive, "manifest.json")).get(0);
        JsonNode image =
                Chart.json().readTree(entry(archive, manifest.path("Config").asText()));
        JsonNode config = image.path("config");

        assertThat(config.path("User").asText()).isEqualTo("65534:65534");
        assertThat(texts(config.path("Entrypoint")))
                .startsWith("java", "-cp", "@/app/jib-classpath-file")
                .endsWith(main);
        assertThat(config.path("ExposedPorts").has(port + "/tcp")).isTrue();
        assertThat(texts(config.path("Env"))).contains("HTTP_HOST=0.0.0.0");
        assertThat(image.path("created").asText()).isEqualTo("2026-11-01T00:00:00Z");
        Map<String, String> labels = Map.of("title", module, "version", "0.1.0", "licenses", "Apache-2.0");
        labels.forEach((key, value) -> assertThat(config.path("Labels")
                        .path("org.opencontainers.image." + key)
                        .asText())
                .isEqualTo(value));
        assertThat(config.at("/Labels/org.opencontainers.image.base.name").asText())
                .isNotEmpty();
        assertThat(texts(manifest.path("Layers")))
                .as("libraries, our own libraries, resources and classes change at different times")
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(files(archive, texts(manifest.path("Layers"))))
                .contains("app/jib-classpath-file", "app/classes/" + main.replace('.', '/') + ".class")
                .anyMatch(file -> file.startsWith("app/libs/kafka-clients-"))
                .allMatch(file -> file.startsWith("app/") || file.equals("app"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<String> files(Path archive, List<String> layers) throws Exception {
        List<String> files = new ArrayList<>();
        Path folder = Files.createTempDirectory("layers");
        for (String layer : layers) {
            Path file = folder.resolve("layer.tar");
            try (var content = new GZIPInputStream(run("tar", "-xOf", archive.toString(), layer))) {
                Files.deleteIfExists(file);
                Files.copy(content, file);
            }
            try (var names = run("tar", "-tf", file.toString())) {
                new String(names.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(name -> name.replaceFirst("/$", ""))
                        .forEach(files::add);
            }
            Files.delete(file);
        }
        Files.delete(folder);
        return files;
    }

    private static byte[] entry(Path archive, String name) throws IOException {
        try (var content = run("tar", "-xOf", archive.toString(), name)) {
            return content.readAllBytes();
        }
    }

    private static java.io.InputStream run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getInputStream();
    }

    @Test
    void theJobsDockerfileCopiesWhatTheBuildMakes() throws Exception {
        Path libraries = Path.of("..", "flink-jobs", "target", "flink-lib");
        if (!Files.isDirectory(libraries)) {
            System.out.println("ImagesTest is skipped for flink-jobs: they are not packaged");
        }
        assumeTrue(Files.isDirectory(libraries));
        String dockerfile = Files.readString(Path.of("images", "flink-jobs", "Dockerfile"));
        Matcher pattern = Pattern.compile("flink-jobs/target/flink-lib/(\\S+)").matcher(dockerfile);
        int patterns = 0;
        while (pattern.find()) {
            String glob = pattern.group(1);
            try (Stream<Path> files = Files.list(libraries)) {
                assertThat(files.filter(file -> file.getFileSystem()
                                .getPathMatcher("glob:" + glob)
                                .matches(file.getFileName())))
                        .as(glob)
                        .hasSize(1);
            }
            patterns++;
        }
        assertThat(patterns).isGreaterThan(3);
        assertThat(dockerfile)
                .contains("USER 9999:9999")
                .contains(libraries
                        .resolveSibling("flink-jobs-0.1.0.jar")
                        .toString()
                        .replace(".." + File.separator, ""));
    }
}
