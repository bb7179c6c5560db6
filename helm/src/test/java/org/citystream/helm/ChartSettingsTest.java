package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Those that are Kubernetes's and Java's, and the two that are read before the configuration. */
    private static final List<String> OF_OTHERS = List.of("POD_NAME", "JAVA_TOOL_OPTIONS", "LOG_FORMAT", "CONFIG_FILE");

    @ParameterizedTest
    @MethodSource("cases")
    void everyVariableIsOneThatTheServiceReads(String name) {
        int services = 0;
        for (Pods.Pod pod : Pods.in(chart.objects(Chart.values(name)))) {
            String service = pod.labels().path("app.kubernetes.io/component").asText();
            if (!SERVICES.contains(service)) {
                continue;
            }
            services++;
            Settings settings = Settings.of(service);
            List<String> known = new ArrayList<>(OF_OTHERS);
            settings.options().forEach(option -> known.add(settings.variables().variableOf(option.longestName())));
            List<String> given = new ArrayList<>();
            pod.containers()
                    .forEach(container -> container
                            .path("env")
                            .forEach(variable -> given.add(variable.path("name").asText())));
            assertThat(given).as(service).contains("CONFIG_FILE").isSubsetOf(known);
        }
        assertThat(services).isGreaterThanOrEqualTo(3);
    }

    /** A job that is asked for something it does not know names all that it does, before it does anything. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{flink: {exactlyOnce: true}, influx: {api: v1}}"})
    void theJobsUnderstandTheirArguments(String more) throws Exception {
        Path file = Files.writeString(folder.resolve("more.yaml"), more);
        int jobs = 0;
        for (JsonNode object : chart.objects(Chart.values("operator"), file)) {
            if (!object.path("kind").asText().equals("FlinkDeployment")) {
                continue;
            }
            jobs++;
            Method main =
                    Class.forName(object.at("/spec/job/entryClass").asText()).getMethod("main", String[].class);
            Throwable refusal =
                    catchThrowable(() -> main.invoke(null, (Object) new String[] {"--nothing-like-it", "x"}));
            String known =
                    String.valueOf(Objects.requireNonNull(refusal.getCause()).getMessage());
            List<String> arguments = new ArrayList<>();
            object.at("/spec/job/args").forEach(argument -> arguments.add(argument.asText()));
            assertThat(known).contains("this job knows no argument --nothing-like-it, only [");
            assertThat(List.of(known.replaceFirst(".*only \\[(.*)]", "$1").split(", ")))
                    .containsAll(arguments.stream()
                            .filter(argument -> argument.startsWith("--"))
                            .map(argument -> argument.substring(2))
                            .toList());
            assertThat(arguments.size() % 2).as("pairs").isZero();
        }
        assertThat(jobs).isEqualTo(4);
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
