package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citystream.helm.NetworkPolicies.Endpoint;
import org.citystream.helm.Pods.Pod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak to whom when the policies of a render are in force. */
class NetworkPolicyTest {
    private static final Endpoint STRANGER = Endpoint.in("elsewhere");
    private static final Endpoint PROMETHEUS = Endpoint.in("monitoring");
    private static final Endpoint PEOPLE = Endpoint.in("ingress");
    private static final Endpoint BACKING = Endpoint.in("backing");
    private static final Endpoint OUTSIDE = Endpoint.outside();
    private static final Endpoint OPERATOR =
            new Endpoint("flink-operator", Map.of("app.kubernetes.io/name", "flink-kubernetes-operator"));

    /** Other addresses than the usual ones: nothing else about ports is said anywhere. */
    private static final String UNUSUAL = """
            kafka: {bootstrapServers: 'a:9094,b:9095', morePorts: [19094]}
            mqtt: {url: 'tcp://broker:11883'}
            database: {url: 'jdbc:postgresql://a:6432,b/city?ssl=true'}
            influx: {url: 'https://influx.example', existingSecret: i}
            dashboard: {influxdb: {enabled: true}}
            flink: {mode: plain, state: {directory: 's3://b/p', s3: {endpoint: 'http://minio:9010'}}}
            """;

    @TempDir
    static Path folder;

    private static Chart chart;

    @BeforeAll
    static void copyChart() throws Exception {
        chart = Chart.in(folder.resolve("chart"));
    }

    /** A render, with who is in it. */
    private record Deployment(List<JsonNode> objects, NetworkPolicies policies) {
        static Deployment of(Path... values) {
            List<JsonNode> objects = chart.objects(values);
            return new Deployment(objects, new NetworkPolicies(objects));
        }

        Endpoint pod(String component) {
            return Pods.in(objects).stream()
                    .map(Endpoint::of)
                    .filter(endpoint -> component.equals(endpoint.labels().get("app.kubernetes.io/component")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no pod of " + component));
        }

        void allows(Endpoint from, String to, int port) {
            assertThat(policies.allow(from, pod(to), port))
                    .as("%s to %s:%d", from, to, port)
                    .isTrue();
        }

        void denies(Endpoint from, String to, int port) {
            assertThat(policies.allow(from, pod(to), port))
                    .as("%s to %s:%d", from, to, port)
                    .isFalse();
        }

        void reaches(String from, Endpoint to, int port) {
            assertThat(policies.allow(pod(from), to, port))
                    .as("%s to %s:%d", from, to, port)
                    .isTrue();
        }

        void reachesNot(String from, Endpoint to, int port) {
            assertThat(policies.allow(pod(from), to, port))
                    .as("%s to %s:%d", from, to, port)
                    .isFalse();
        }
    }

    @Test
    void whoIsNamedComesInAndNobodyElse() {
        Deployment city = Deployment.of(Chart.values("operator"));

        Map.of("gateway", 8091, "alerting", 8090, "dashboard", 8080, "traffic-job", 9249)
                .forEach((component, port) -> {
                    city.allows(PROMETHEUS, component, port);
                    city.denies(STRANGER, component, port);
                    city.denies(OUTSIDE, component, port);
                });
        city.allows(PEOPLE, "dashboard", 8080);
        city.allows(PEOPLE, "alerting", 8090);
        city.denies(PEOPLE, "gateway", 8091);
        city.denies(PEOPLE, "traffic-job", 8081);
        city.denies(STRANGER, "traffic-job", 8081);
        city.denies(PROMETHEUS, "traffic-job", 8081);
        city.denies(PROMETHEUS, "traffic-job", 6123);
        city.allows(OPERATOR, "traffic-job", 8081);
        city.allows(city.pod("time-series-job"), "traffic-job", 6122);
        city.denies(city.pod("gateway"), "traffic-job", 8081);
        for (String service : List.of("gateway", "alerting", "traffic-job")) {
            city.denies(city.pod(service), "topics", 80);
        }
    }

    @Test
    void withoutNamesAnybodyInTheClusterReadsMetrics() {
        Deployment city = Deployment.of(Chart.values("plain"));

        city.allows(STRANGER, "gateway", 8091);
        city.allows(STRANGER, "alerting", 8090);
        city.allows(STRANGER, "dashboard", 8080);
        city.allows(STRANGER, "traffic-job", 9249);
        city.denies(STRANGER, "traffic-job", 8081);
        city.denies(STRANGER, "gateway", 8080);
    }

    @Test
    void everybodyGoesOnlyWhereItHasBusiness() {
        Deployment city = Deployment.of(Chart.values("operator"));

        city.reaches("gateway", BACKING, 8883);
        city.reachesNot("gateway", OUTSIDE, 8883);
        city.reachesNot("gateway", BACKING, 5432);
        city.reachesNot("gateway", OUTSIDE, 443);
        city.reaches("alerting", OUTSIDE, 443);
        city.reaches("alerting", OUTSIDE, 587);
        city.reaches("traffic-job", OUTSIDE, 6443);
        city.reaches("time-series-job", BACKING, 8086);
        city.reachesNot("time-series-job", OUTSIDE, 8086);
        city.reachesNot("traffic-job", OUTSIDE, 9093);
        city.reaches("topics", BACKING, 9093);
        city.reachesNot("topics", OUTSIDE, 9093);
        city.reachesNot("topics", BACKING, 5432);
        for (String component : List.of("gateway", "alerting", "dashboard", "topics", "test", "traffic-job")) {
            assertThat(city.policies().allow(city.pod(component), Endpoint.in("kube-system"), "UDP", 53))
                    .as(component)
                    .isTrue();
        }
    }

    @Test
    void theTopicsJobFindsItsWayBeforeTheReleaseIsThere() {
        List<JsonNode> hooks = chart.objects(Chart.values("secured")).stream()
                .filter(object -> object.at("/metadata/annotations/helm.sh~1shown-hook")
                        .asText()
                        .contains("pre-upgrade"))
                .toList();
        Deployment before = new Deployment(hooks, new NetworkPolicies(hooks));

        assertThat(hooks)
                .extracting(object ->
                        object.at("/metadata/annotations/helm.sh~1hook-weight").asInt())
                .as("the policy comes first")
                .isSorted();
        assertThat(hooks).extracting(object -> object.path("kind").asText()).containsExactly("NetworkPolicy", "Job");
        before.reaches("topics", BACKING, 9093);
        before.reachesNot("topics", BACKING, 443);
        assertThat(before.policies().allow(before.pod("topics"), STRANGER, "UDP", 53))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "operator", "plain", "secured", "unusual"})
    void whoeverIsToldAnAddressMayGoThere(String name) throws Exception {
        Path more = Files.writeString(folder.resolve("unusual.yaml"), UNUSUAL);
        Deployment city = name.equals("unusual")
                ? Deployment.of(Chart.values("minimal"), more)
                : Deployment.of(Chart.values(name));
        int told = 0;
        for (Pod pod : Pods.in(city.objects())) {
            for (Address address : addresses(pod, city.objects())) {
                List<Endpoint> there = behind(address.host(), city);
                for (Endpoint endpoint : there.isEmpty() ? List.of(BACKING) : there) {
                    assertThat(city.policies().allow(Endpoint.of(pod), endpoint, address.port()))
                            .as("%s to %s", pod, address)
                            .isTrue();
                }
                told++;
            }
        }
        assertThat(told).isGreaterThan(8);
    }

    /** Where somebody is sent. */
    private record Address(String host, int port) {}

    private static final Pattern ADDRESS = Pattern.compile("(?:(\\w[\\w:]*)://)?([\\w.-]+)(?::(\\d+))?");
    private static final Map<String, Integer> USUAL =
            Map.of("http", 80, "https", 443, "tcp", 1883, "ssl", 8883, "jdbc:postgresql", 5432);

    /** Links that people follow are no addresses of ours. */
    private static final Set<String> OF_PEOPLE = Set.of("public-url", "dashboard-url");

    private static List<Address> addresses(Pod pod, List<JsonNode> objects) {
        List<Address> addresses = new ArrayList<>();
        String component = pod.labels().path("app.kubernetes.io/component").asText();
        objects.stream()
                .filter(object -> object.path("kind").asText().equals("ConfigMap")
                        && object.at("/metadata/name").asText().equals("lindholm-citystream-" + component))
                .flatMap(
                        object -> object.at("/data/service.properties").asText().lines())
                .map(line -> line.split("=", 2))
                .filter(setting -> setting[0].matches(".*-(url|servers)") && !OF_PEOPLE.contains(setting[0]))
                .forEach(setting -> addresses.addAll(parse(setting[1])));
        List<JsonNode> words = new ArrayList<>();
        pod.containers().forEach(container -> container.path("args").forEach(words::add));
        pod.object().at("/spec/job/args").forEach(words::add);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).asText();
            if (word.matches("--.*-(url|servers)")) {
                addresses.addAll(parse(words.get(i + 1).asText()));
            } else if (component.equals("test")) {
                addresses.addAll(parse(word));
            }
        }
        pod.containers()
                .forEach(container -> container.path("env").forEach(variable -> {
                    if (variable.path("name").asText().equals("KAFKA_BOOTSTRAP_SERVERS")) {
                        addresses.addAll(parse(variable.path("value").asText()));
                    }
                }));
        return addresses;
    }

    private static List<Address> parse(String text) {
        List<Address> addresses = new ArrayList<>();
        String scheme = text.replaceFirst("://.*", "");
        for (String part : text.split(",", -1)) {
            Matcher matcher = ADDRESS.matcher(part);
            assertThat(matcher.lookingAt()).as(part).isTrue();
            addresses.add(new Address(
                    matcher.group(2),
                    matcher.group(3) == null
                            ? Objects.requireNonNull(USUAL.get(scheme), scheme)
                            : Integer.parseInt(matcher.group(3))));
        }
        return addresses;
    }

    /** Our own pods behind a service's name; Flink makes {@code -rest} itself. */
    private static List<Endpoint> behind(String host, Deployment city) {
        Optional<String> component = host.startsWith("lindholm-citystream-")
                ? Optional.of(host.replaceFirst("^lindholm-citystream-", "").replaceFirst("-rest$", ""))
                : Optional.empty();
        return component.map(city::pod).map(List::of).orElse(List.of());
    }
}
