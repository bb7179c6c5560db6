package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citystream.helm.Pods.Pod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pod of every way to deploy: Pod Security "restricted" and what else an operator expects of one. */
class PodSecurityTest {
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
    void podSecurityIsRestricted(String name) {
        assertThat(pods(name)).hasSizeGreaterThan(4).allSatisfy(pod -> {
            JsonNode security = pod.spec().path("securityContext");
            assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(security.path("runAsUser").asInt()).isGreaterThan(0);
            assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(List.of("hostNetwork", "hostPID", "hostIPC")).noneMatch(pod.spec()::has);
            assertThat(pod.spec().path("volumes"))
                    .allSatisfy(volume -> assertThat(volume.has("hostPath")).isFalse());
            assertThat(pod.containers()).isNotEmpty().allSatisfy(container -> {
                JsonNode own = container.path("securityContext");
                assertThat(own.path("allowPrivilegeEscalation").isBoolean()).isTrue();
                assertThat(own.path("allowPrivilegeEscalation").asBoolean()).isFalse();
                assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(own.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(own.at("/capabilities").has("add")).isFalse();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onlyFlinkMaySpeakToKubernetes(String name) {
        assertThat(pods(name))
                .filteredOn(pod -> !isFlink(pod))
                .allSatisfy(pod -> assertThat(pod.spec().path("automountServiceAccountToken"))
                        .hasToString("false"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatStaysIsProbedAndBounded(String name) {
        assertThat(pods(name))
                .filteredOn(pod -> pod.isLasting() && !pod.owner().startsWith("FlinkDeployment"))
                .hasSizeGreaterThan(2)
                .flatExtracting(Pod::lastingContainers)
                .allSatisfy(container -> assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe"))
                        .allMatch(container::has));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyContainerSaysWhatItNeedsAndHowMuchItMayTake(String name) {
        assertThat(pods(name))
                .filteredOn(pod -> !pod.owner().startsWith("FlinkDeployment"))
                .flatExtracting(Pod::containers)
                .allSatisfy(container -> {
                    assertThat(container.at("/resources/limits/memory").asText())
                            .isNotEmpty();
                    assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
                });
        assertThat(chart.objects(Chart.values(name)))
                .filteredOn(object -> object.path("kind").asText().equals("FlinkDeployment"))
                .allSatisfy(deployment -> assertThat(List.of("jobManager", "taskManager"))
                        .allSatisfy(part -> {
                            JsonNode resource = deployment.at("/spec/" + part + "/resource");
                            assertThat(resource.path("cpu").asDouble()).isPositive();
                            assertThat(resource.path("memory").asText()).isNotEmpty();
                        }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aServiceIsDeadByItselfAndUnreadyByWhatItNeeds(String name) {
        assertThat(pods(name))
                .filteredOn(pod -> pod.isLasting() && !isFlink(pod))
                .flatExtracting(Pod::containers)
                .allSatisfy(container -> {
                    assertThat(container.at("/livenessProbe/httpGet/path").asText())
                            .isEqualTo("/health/live");
                    assertThat(container.at("/readinessProbe/httpGet/path").asText())
                            .isEqualTo("/health/ready");
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMountHasItsVolumeAndEveryVolumeIsMounted(String name) {
        assertThat(pods(name)).allSatisfy(pod -> {
            Set<String> volumes = names(pod.spec().path("volumes"));
            Set<String> mounts = new HashSet<>();
            pod.containers().forEach(container -> mounts.addAll(names(container.path("volumeMounts"))));
            assertThat(mounts).isEqualTo(volumes).contains("tmp");
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noSecretIsInAnArgumentOrAVariable(String name) {
        assertThat(pods(name))
                .flatExtracting(Pod::containers)
                .flatMap(PodSecurityTest::variables)
                .filteredOn(
                        variable -> variable.path("name").asText().matches("(?i).*(password|token|secret|key)(_id)?$"))
                .allSatisfy(variable -> assertThat(variable.has("value")).isFalse());
        assertThat(pods(name))
                .flatExtracting(pod -> pod.containers().stream()
                        .map(container -> container.path("args"))
                        .toList())
                .flatExtracting(PodSecurityTest::texts)
                .as("only files of secrets are named")
                .noneMatch(argument -> argument.matches("--.*(password|token|secret|key)"));
        assertThat(chart.objects(Chart.values(name)))
                .filteredOn(object -> object.path("kind").asText().equals("FlinkDeployment"))
                .flatExtracting(deployment -> texts(deployment.at("/spec/job/args")))
                .noneMatch(argument -> argument.matches("--.*(password|token|secret|key)"));
        assertThat(chart.objects(Chart.values(name)))
                .filteredOn(object -> object.path("kind").asText().equals("ConfigMap"))
                .flatMap(configMap -> configMap
                        .at("/data/service.properties")
                        .asText()
                        .lines()
                        .toList())
                .noneMatch(line -> line.matches("[\\w-]*(password|token|secret|key)=.*"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void servicesAndBudgetsMeetPods(String name) {
        List<JsonNode> objects = chart.objects(Chart.values(name));
        List<Pod> pods = Pods.in(objects);
        assertThat(objects)
                .filteredOn(object -> Set.of("Service", "PodDisruptionBudget", "ServiceMonitor")
                        .contains(object.path("kind").asText()))
                .isNotEmpty()
                .allSatisfy(object -> {
                    JsonNode selector = object.path("spec").path("selector");
                    JsonNode labels =
                            object.path("kind").asText().equals("Service") ? selector : selector.path("matchLabels");
                    assertThat(pods).anyMatch(pod -> matches(labels, pod.labels()));
                });
        assertThat(objects)
                .filteredOn(object -> object.path("kind").asText().equals("ServiceMonitor"))
                .allSatisfy(monitor -> assertThat(objects)
                        .filteredOn(object -> object.path("kind").asText().equals("Service"))
                        .filteredOn(service ->
                                matches(monitor.at("/spec/selector/matchLabels"), service.at("/metadata/labels")))
                        .singleElement()
                        .satisfies(service -> assertThat(names(service.at("/spec/ports")))
                                .contains(monitor.at("/spec/endpoints/0/port").asText())));
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        return selector.properties().stream().allMatch(entry -> entry.getValue().equals(labels.path(entry.getKey())));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new HashSet<>();
        list.forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    private static List<JsonNode> variables(JsonNode container) {
        List<JsonNode> variables = new ArrayList<>();
        container.path("env").forEach(variables::add);
        return variables;
    }

    private static boolean isFlink(Pod pod) {
        return pod.labels().path("app.kubernetes.io/component").asText().endsWith("-job");
    }

    private static List<Pod> pods(String name) {
        return Pods.in(chart.objects(Chart.values(name)));
    }
}
