package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart tells the services is what they understand: read by their own code, not by its likeness. */
class ChartSettingsTest {
    private static final List<String> SERVICES = List.of("gateway", "alerting", "dashboard", "simulator");

    @TempDir
    static Path folder;

    private static Chart chart;

    @BeforeAll
    static void copyChart() throws Exception {
        chart = Chart.in(folder.resolve("chart"));
    }

    static List<String> cases() {
        return Chart.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyServiceReadsItsFileAndVariables(String name) throws Exception {
        List<JsonNode> objects = chart.objects(Chart.values(name));
        int read = 0;
        for (String service : SERVICES) {
            for (JsonNode object : objects) {
                if (isConfigMapOf(service, object)) {
                    Settings.of(service).load(environment(service, object, objects));
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everySettingIsOneThatTheServiceHas(String name) throws Exception {
        for (JsonNode object : chart.objects(Chart.values(name))) {
            for (String service : SERVICES) {
                if (isConfigMapOf(service, object)) {
                    assertThat(properties(object).keySet())
                            .isNotEmpty()
                            .isSubsetOf(Settings.of(service).keys());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTopicsJobIsToldInItsOwnWords(String name) throws Exception {
        JsonNode job = Chart.find(chart.objects(Chart.values(name)), "Job", "lindholm-citystream-topics");
        Map<String, String> environment = new TreeMap<>();
        job.at("/spec/template/spec/containers/0/env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        Settings topics = Settings.of("topics");
        topics.load(environment);

        List<String> known = topics.keys().stream()
                .map(key -> key.toUpperCase(java.util.Locale.ROOT).replace('-', '_'))
                .toList();
        assertThat(environment.keySet())
                .filteredOn(variable -> !variable.equals("LOG_FORMAT"))
                .isSubsetOf(known);
        Class.forName(job.at("/spec/template/spec/containers/0/command/3").asText());
    }

    @Test
    void whatTheChartLeavesOutCanBeSetAndLargeNumbersStayWhole() throws Exception {
        JsonNode gateway =
                Chart.find(chart.objects(Chart.values("operator")), "ConfigMap", "lindholm-citystream-gateway");

        assertThat(properties(gateway))
                .containsEntry("strict-registry", "true")
                .containsEntry("mqtt-maximum-packet-bytes", "1000000")
                .containsEntry("mqtt-shared-group", "lindholm");
    }

    @Test
    void theJobsMainsAreWhatTheChartStarts() {
        for (JsonNode object : chart.objects(Chart.values("operator"))) {
            if (object.path("kind").asText().equals("FlinkDeployment")) {
                String main = object.at("/spec/job/entryClass").asText();
                assertThat(Path.of("..", "flink-jobs", "src", "main", "java", main.replace('.', '/') + ".java"))
                        .isRegularFile();
            }
        }
    }

    private static boolean isConfigMapOf(String service, JsonNode object) {
        return object.path("kind").asText().equals("ConfigMap")
                && object.at("/metadata/name").asText().equals("lindholm-citystream-" + service);
    }

    private static Map<String, String> properties(JsonNode configMap) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(
                configMap.path("data").path("service.properties").asText()));
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    /** The container's variables, with its ConfigMap on a disk. */
    private static Map<String, String> environment(String service, JsonNode configMap, List<JsonNode> objects)
            throws Exception {
        Path file = folder.resolve(service + ".properties");
        Files.writeString(
                file, configMap.path("data").path("service.properties").asText());
        Map<String, String> environment = new HashMap<>();
        Pods.in(objects).stream()
                .filter(pod -> pod.labels()
                        .path("app.kubernetes.io/component")
                        .asText()
                        .equals(service))
                .flatMap(pod -> pod.containers().stream())
                .forEach(container -> container
                        .path("env")
                        .forEach(variable -> environment.put(
                                variable.path("name").asText(),
                                variable.path("value").asText("from elsewhere"))));
        assertThat(environment).containsKey("CONFIG_FILE");
        environment.put("CONFIG_FILE", file.toString());
        return environment;
    }
}
