package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.citystream.helm.Pods.Pod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A port is said in many places: setting, container, probe, Service, monitor and the test of the release agree. */
class PortsTest {
    private static final String PREFIX = "lindholm-citystream-";

    @TempDir
    static Path folder;

    private static Chart chart;

    @BeforeAll
    static void copyChart() throws Exception {
        chart = Chart.in(folder);
    }

    static List<String> cases() {
        return Chart.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aServiceListensWhereEverybodyLooksForIt(String name) throws Exception {
        List<JsonNode> objects = chart.objects(Chart.values(name));
        List<String> asked = new ArrayList<>();
        Chart.find(objects, "Pod", PREFIX + "test")
                .at("/spec/containers/0/args")
                .forEach(address -> asked.add(address.asText()));
        int services = 0;
        for (Pod pod : Pods.in(objects)) {
            String component = pod.labels().path("app.kubernetes.io/component").asText();
            if (!List.of("gateway", "alerting", "dashboard", "simulator").contains(component)) {
                continue;
            }
            services++;
            int port = listensAt(Chart.find(objects, "ConfigMap", PREFIX + component));
            JsonNode container = pod.containers().get(0);
            assertThat(port(container.path("ports"), "http")).as(component).isEqualTo(port);
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(container.path(probe).at("/httpGet/port").asText())
                        .as("%s of %s", probe, component)
                        .isEqualTo("http");
            }
            JsonNode service = Chart.find(objects, "Service", PREFIX + component);
            assertThat(service.at("/spec/ports/0/port").asInt()).as(component).isEqualTo(port);
            assertThat(service.at("/spec/ports/0/targetPort").asText())
                    .as(component)
                    .isEqualTo("http");
            assertThat(asked).contains("http://" + PREFIX + component + ":" + port + "/health/ready");
        }
        assertThat(services).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void flinkTellsItsMetricsWhereTheMonitorLooks(String name) {
        List<JsonNode> objects = chart.objects(Chart.values(name));
        List<JsonNode> configurations = new ArrayList<>();
        for (JsonNode object : objects) {
            if (object.path("kind").asText().equals("FlinkDeployment")) {
                configurations.add(object.at("/spec/flinkConfiguration"));
            } else if (object.at("/data/config.yaml").isTextual()) {
                configurations.addAll(Chart.parse(object.at("/data/config.yaml").asText()));
            }
        }
        assertThat(configurations)
                .allSatisfy(configuration -> assertThat(
                                configuration.path("metrics.reporter.prom.port").asInt())
                        .isEqualTo(9249));
        assertThat(Pods.in(objects))
                .filteredOn(pod -> pod.labels()
                        .path("app.kubernetes.io/component")
                        .asText()
                        .endsWith("-job"))
                .hasSizeGreaterThanOrEqualTo(configurations.size())
                .allSatisfy(
                        pod -> assertThat(port(pod.lastingContainers().get(0).path("ports"), "metrics"))
                                .isEqualTo(9249));
        assertThat(objects)
                .filteredOn(object -> object.path("kind").asText().equals("PodMonitor"))
                .allSatisfy(monitor -> assertThat(
                                monitor.at("/spec/podMetricsEndpoints/0/port").asText())
                        .isEqualTo("metrics"));
    }

    private static int listensAt(JsonNode configMap) throws Exception {
        Properties settings = new Properties();
        settings.load(new StringReader(configMap.at("/data/service.properties").asText()));
        return Integer.parseInt(settings.getProperty("http-port"));
    }

    private static int port(JsonNode ports, String name) {
        for (JsonNode port : ports) {
            if (port.path("name").asText().equals(name)) {
                return port.path("containerPort").asInt();
            }
        }
        throw new AssertionError("no port " + name + " in " + ports);
    }
}
