package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart over the ways to deploy it: it renders, and Kubernetes would take what it renders. */
class ChartTest {
    private static final String LABELS = "/metadata/labels/app.kubernetes.io~1";

    @TempDir
    static Path folder;

    private static Chart chart;
    private static final StrictSchemas SCHEMAS = new StrictSchemas();

    @BeforeAll
    static void copyChart() throws Exception {
        chart = Chart.in(folder);
    }

    static List<String> cases() {
        return Chart.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void helmFindsNothingToComplainOf(String name, @TempDir Path own) throws Exception {
        LintResult result = Chart.in(own).lint(Chart.valuesOf(name));

        assertThat(result.isFailed()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.matches("\\[(WARNING|ERROR)].*"));
    }

    @Test
    void helmComplainsOfAChartThatIsBroken(@TempDir Path own) throws Exception {
        Chart broken = Chart.in(own);
        Files.writeString(own.resolve("templates/broken.yaml"), "kind: {{ .Values.gateway.replicas");

        assertThat(broken.lint(Chart.valuesOf("minimal")).isFailed()).isTrue();
    }

    /** Ways to deploy that have no values file of their own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operator | {flink: {state: {directory: 'file:///state', existingClaim: c}, upgradeMode: last-state}}",
                "operator | {simulator: {enabled: true}, clock: {source: published, existingSecret: c}}",
                "operator | {networkPolicy: {usersFrom: [], kubernetesApi: [{ipBlock: {cidr: 10.0.0.1/32}}]}}",
                "operator | {gateway: {enabled: false}, flink: {mode: none}}",
                "plain | {flink: {state: {directory: 's3://b/p', existingClaim: '', s3: {existingSecret: s}}}}",
                "plain | {flink: {jobs: {traffic: {initialSavepointPath: 's3://b/p', savepointRedeployNonce: 3}}}}",
                "plain | {alerting: {enabled: false}, influx: {api: v1}, hooks: {tolerations: [{operator: Exists}]}}",
                "secured | {kafka: {users: {gateway: {user: g, existingSecret: g}, topics: {user: t}}}}",
                "minimal | {topics: {enabled: false}, dashboard: {enabled: false}, networkPolicy: {enabled: false}}"
            })
    void whatIsSetOtherwiseIsKnownToKubernetesToo(String name, String more) {
        assertThat(chart.objects(Chart.values(name), values(more)))
                .hasSizeGreaterThan(5)
                .allSatisfy(SCHEMAS::check);
    }

    @Test
    void aComponentThatHasAUserOfItsOwnHasItsSecretToo() {
        List<JsonNode> objects = chart.objects(
                Chart.values("secured"), values("{kafka: {users: {gateway: {user: g, existingSecret: of-gateway}}}}"));

        assertThat(Chart.find(objects, "ConfigMap", "lindholm-citystream-gateway")
                        .at("/data/service.properties")
                        .asText())
                .contains("kafka-user=g\n");
        assertThat(Chart.find(objects, "ConfigMap", "lindholm-citystream-alerting")
                        .at("/data/service.properties")
                        .asText())
                .contains("kafka-user=citystream\n");
        assertThat(Chart.find(objects, "StatefulSet", "lindholm-citystream-gateway")
                        .toString())
                .contains("\"secretName\":\"of-gateway\"")
                .doesNotContain("citystream-kafka");
    }

    @Test
    void aPlainJobIsBegunAnewByAnotherNumber() {
        List<JsonNode> objects = chart.objects(
                Chart.values("plain"),
                values("{flink: {jobs: {traffic: {initialSavepointPath: 's3://b/p', savepointRedeployNonce: 3}}}}"));
        String configuration = Chart.find(objects, "ConfigMap", "lindholm-citystream-traffic-job")
                .at("/data/config.yaml")
                .asText();

        assertThat(configuration)
                .contains(
                        "execution.state-recovery.path: s3://b/p\n",
                        "kubernetes.cluster-id: lindholm-citystream-traffic-job-3\n");
        assertThat(Chart.find(objects, "Deployment", "lindholm-citystream-traffic-job-jobmanager")
                        .at("/spec/template/spec/initContainers/0/args/1")
                        .asText())
                .isEqualTo("lindholm-citystream-traffic-job-3");
    }

    @Test
    void linksLeadToTheIngress() {
        assertThat(Chart.find(
                                chart.objects(
                                        Chart.values("minimal"),
                                        values(
                                                "{dashboard: {ingress: {enabled: true, host: city.example, tlsSecret: t}}}")),
                                "ConfigMap",
                                "lindholm-citystream-alerting")
                        .at("/data/service.properties")
                        .asText())
                .contains("dashboard-url=https://city.example\n");
    }

    @Test
    void alertsThatNobodyReportsAreOnlyAboutWhoShould() {
        assertThat(absences("{}"))
                .containsExactlyInAnyOrder(
                        "GatewayAbsent", "AlertingAbsent", "JobAbsent", "JobAbsent", "JobAbsent", "JobAbsent");
        assertThat(absences("{flink: {jobs: {airQuality: {enabled: false}}}, alerting: {enabled: false}}"))
                .containsExactlyInAnyOrder("GatewayAbsent", "JobAbsent", "JobAbsent", "JobAbsent");
        assertThat(absences("{monitoring: {serviceMonitor: {enabled: false}, podMonitor: {enabled: false}}}"))
                .isEmpty();
        assertThat(absences("{flink: {mode: none}}")).containsExactlyInAnyOrder("GatewayAbsent", "AlertingAbsent");
    }

    private static List<String> absences(String more) {
        List<String> absences = new ArrayList<>();
        Chart.find(
                        chart.objects(Chart.values("operator"), values(more)),
                        "PrometheusRule",
                        "lindholm-citystream-pipeline")
                .at("/spec/groups")
                .forEach(group -> group.path("rules").forEach(rule -> {
                    if (rule.path("expr").asText().contains("absent(")) {
                        assertThat(rule.path("expr").asText()).contains("namespace=\"city\"");
                        absences.add(rule.path("alert").asText());
                    }
                }));
        return absences;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyObjectIsOneThatKubernetesKnows(String name) {
        List<JsonNode> objects = chart.objects(Chart.values(name));

        assertThat(objects).hasSizeGreaterThan(20).allSatisfy(SCHEMAS::check);
    }

    @Test
    void theSchemasRefuseWhatTheyDoNotKnow() {
        List<JsonNode> objects = chart.objects(Chart.values("operator"));
        for (String kind : List.of(
                "StatefulSet", "ConfigMap", "NetworkPolicy", "ServiceMonitor", "PrometheusRule", "FlinkDeployment")) {
            ObjectNode object = objects.stream()
                    .filter(candidate -> candidate.path("kind").asText().equals(kind))
                    .findFirst()
                    .orElseThrow()
                    .deepCopy();
            object.withObject(kind.equals("ConfigMap") ? "/metadata" : "/spec").put("replcas", 1);

            assertThatThrownBy(() -> SCHEMAS.check(object)).as(kind).hasMessageContaining("replcas");
        }
        assertSlipIsRefused(objects, "Job", "/spec/template/spec", "restartPolicy", "Nver");
        assertSlipIsRefused(objects, "StatefulSet", "/spec/template/spec/containers/0/resources/requests", "cpu", "5x");
        assertSlipIsRefused(
                objects,
                "StatefulSet",
                "/spec/template/spec/topologySpreadConstraints/0",
                "whenUnsatisfiable",
                "Sometimes");
        assertSlipIsRefused(objects, "Deployment", "/spec/template/spec/containers/0", "imagePullPolicy", "Often");
        ObjectNode deep = Chart.find(objects, "StatefulSet", "lindholm-citystream-gateway")
                .deepCopy();
        ((ObjectNode) deep.at("/spec/template/spec/containers/0/readinessProbe/httpGet")).put("scheme ", "HTTP");
        assertThatThrownBy(() -> SCHEMAS.check(deep)).hasMessageContaining("scheme ");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyObjectIsNamedOnceAndCarriesTheRecommendedLabels(String name) {
        Set<String> names = new HashSet<>();
        assertThat(chart.objects(Chart.values(name))).allSatisfy(object -> {
            String full = object.path("kind").asText() + " "
                    + object.at("/metadata/name").asText();
            assertThat(names.add(full)).as("%s is there once", full).isTrue();
            assertThat(object.at("/metadata/namespace").asText()).as(full).isEqualTo("city");
            assertThat(object.at(LABELS + "name").asText()).as(full).isEqualTo("citystream");
            assertThat(object.at(LABELS + "instance").asText()).as(full).isEqualTo("lindholm");
            assertThat(object.at(LABELS + "component").asText()).as(full).isNotEmpty();
            assertThat(object.at(LABELS + "managed-by").asText()).as(full).isEqualTo("Helm");
            assertThat(object.at(LABELS + "version").asText()).as(full).isEqualTo("0.1.0");
        });
    }

    @Test
    void whatIsMissingIsSaidAllAtOnceAndWithTheRemedy() {
        assertThatThrownBy(() -> chart.template(values("{}")))
                .hasMessageContainingAll(
                        "kafka.bootstrapServers is missing: give HOST:PORT",
                        "mqtt.url is missing",
                        "database.existingSecret is missing: make a secret with the password",
                        "alerting.existingSecret is missing: make a secret with a bearer token",
                        "dashboard.questdb.existingSecret is missing",
                        "influx.existingSecret is missing",
                        "flink.state.directory is missing: give s3://BUCKET/PATH");
    }

    @Test
    void noSecretIsForgottenWhereASettingNeedsOne() {
        assertRefused("{kafka: {securityProtocol: SASL_SSL, user: city}}", "kafka.existingSecret is missing");
        assertRefused("{kafka: {securityProtocol: SASL_SSL, existingSecret: k}}", "kafka.user is missing");
        assertRefused("{kafka: {caKey: ca.crt}}", "kafka.existingSecret is missing", "which knows no certificates");
        assertRefused("{kafka: {securityProtocol: SSL, caKey: ca.crt}}", "kafka.existingSecret is missing");
        assertRefused(
                "{kafka: {securityProtocol: SSL, existingSecret: k, certificateKey: c}}",
                "kafka.certificateKey and kafka.keyKey belong together");
        assertRefused(
                "{kafka: {securityProtocol: SASL_SSL, users: {gateway: {user: g, existingSecret: k}}}}",
                "kafka.users.alerting.user",
                "kafka.users.dashboard.existingSecret");
        assertRefused("{mqtt: {user: gateway}}", "mqtt.existingSecret is missing");
        assertRefused("{mqtt: {caKey: ca.crt}}", "mqtt.existingSecret is missing", "begin it with ssl://");
        assertRefused(
                "{mqtt: {url: 'ssl://b:1', keyKey: k}}",
                "mqtt.existingSecret is missing",
                "mqtt.certificateKey and mqtt.keyKey belong together");
        assertRefused("{simulator: {mqttKeyKey: k}}", "simulator.mqttCertificateKey and simulator.mqttKeyKey");
        assertRefused("{alerting: {smtp: {user: city}}}", "alerting.smtp.existingSecret is missing");
        assertRefused("{alerting: {smtp: {host: mail.example}}}", "alerting.smtp.from is missing");
        assertRefused(
                "{networkPolicy: {usersFrom: [{podSelector: {}}]}, monitoring: {serviceMonitor: {enabled: true}}}",
                "networkPolicy.metricsFrom is missing");
        assertRefused(
                "{flink: {mode: plain, jobs: {traffic: {initialSavepointPath: 's3://b/p'}}}}",
                "flink.jobs.traffic.savepointRedeployNonce is 0");
        assertRefused(
                "{flink: {mode: operator, jobs: {traffic: {savepointRedeployNonce: 1}}}}",
                "flink.jobs.traffic.initialSavepointPath is missing");
        assertRefused("{clock: {source: published}}", "clock.existingSecret is missing");
        assertRefused("{gateway: {replicas: 2}}", "gateway.sharedGroup is missing");
        assertRefused("{simulator: {enabled: true}}", "the simulator brings its own time");
        assertRefused("{dashboard: {ingress: {enabled: true}}}", "dashboard.ingress.host is missing");
        assertRefused(
                "{flink: {mode: plain, state: {directory: 'file:///state'}}}", "flink.state.existingClaim is missing");
    }

    @Test
    void aMisspeltOrImpossibleValueIsRefused() {
        assertRefused("{gateway: {replcas: 2}}", "replcas");
        assertRefused("{mqtt: {url: 'broker:1883'}}", "/mqtt/url");
        assertRefused("{flink: {mode: swarm}}", "/flink/mode");
        assertRefused("{flink: {state: {directory: 'gs://bucket/state'}}}", "/flink/state/directory");
        assertRefused("{flink: {state: {directory: 's3a://bucket/state'}}}", "/flink/state/directory");
        assertRefused("{kafka: {users: {gatway: {user: g}}}}", "gatway");
        assertRefused("{gateway: {image: {digest: 'sha256:12'}}}", "/gateway/image/digest");
        assertRefused("{gateway: {config: {STRICT_REGISTRY: true}}}", "STRICT_REGISTRY");
    }

    @Test
    void tlsWithTheAuthoritiesThatJavaTrustsNeedsNoSecret() {
        assertThatCode(() -> chart.template(Chart.values("minimal"), values("{kafka: {securityProtocol: SSL}}")))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(String more, String... messages) {
        assertThatThrownBy(() -> chart.template(Chart.values("minimal"), values(more)))
                .as(more)
                .hasMessageContainingAll(messages);
    }

    @Test
    void imagesGoByRegistryTagOrDigest() {
        assertThat(image("{}")).isEqualTo("citystream/ingest-gateway:0.1.0");
        assertThat(image("{images: {registry: registry.example/, tag: '2'}}"))
                .isEqualTo("registry.example/citystream/ingest-gateway:2");
        assertThat(image("{gateway: {image: {tag: '3', digest: 'sha256:" + "a".repeat(64) + "'}}}"))
                .isEqualTo("citystream/ingest-gateway@sha256:" + "a".repeat(64));
    }

    private static String image(String more) {
        return Chart.find(
                        chart.objects(Chart.values("minimal"), values(more)),
                        "StatefulSet",
                        "lindholm-citystream-gateway")
                .at("/spec/template/spec/containers/0/image")
                .asText();
    }

    @Test
    void aLongReleaseNameStillMakesNamesThatAreShortEnough() {
        List<JsonNode> objects =
                chart.objects(Chart.values("operator"), values("{fullnameOverride: " + "long-".repeat(10) + "}"));

        assertThat(objects)
                .allSatisfy(SCHEMAS::check)
                .allSatisfy(object ->
                        assertThat(object.at("/metadata/name").asText()).hasSizeLessThanOrEqualTo(63));
    }

    @Test
    void aChangedSettingRestartsThePodsThatReadIt() {
        assertThat(checksum("StatefulSet", "gateway", "{}")).isNotEmpty();
        assertThat(checksum("StatefulSet", "gateway", "{gateway: {config: {strict-registry: true}}}"))
                .isNotEqualTo(checksum("StatefulSet", "gateway", "{}"));
        assertThat(checksum("StatefulSet", "alerting", "{gateway: {config: {strict-registry: true}}}"))
                .isEqualTo(checksum("StatefulSet", "alerting", "{}"));
        assertThat(checksum("Deployment", "dashboard", "{dashboard: {config: {flink-url: 'http://f'}}}"))
                .isNotEqualTo(checksum("Deployment", "dashboard", "{}"));
        assertThat(checksum("Deployment", "simulator", "{simulator: {config: {speed: 2}}}"))
                .isNotEqualTo(checksum("Deployment", "simulator", "{}"));
        for (String part : List.of("traffic-job-jobmanager", "traffic-job-taskmanager")) {
            assertThat(checksum("Deployment", part, "{flink: {checkpointInterval: 7s}}"))
                    .isNotEmpty()
                    .isNotEqualTo(checksum("Deployment", part, "{}"));
        }
    }

    private static String checksum(String kind, String component, String more) {
        return Chart.find(
                        chart.objects(Chart.values("simulated"), values(more)),
                        kind,
                        "lindholm-citystream-" + component)
                .at("/spec/template/metadata/annotations/checksum~1config")
                .asText();
    }

    @Test
    void hooksAreHooks() throws Exception {
        assertThat(Files.readString(Chart.SOURCE.resolve("templates/topics-job.yaml")))
                .contains("helm.sh/hook: pre-install,pre-upgrade");
        assertThat(Files.readString(Chart.SOURCE.resolve("templates/tests/ready.yaml")))
                .contains("helm.sh/hook: test");
    }

    @Test
    void nothingInTheClusterAtLargeIsAskedFor() {
        assertThat(Chart.cases())
                .flatMap(name -> chart.objects(Chart.values(name)))
                .noneMatch(object -> object.path("kind").asText().startsWith("Cluster"));
    }

    private static void assertSlipIsRefused(
            List<JsonNode> objects, String kind, String where, String field, String value) {
        JsonNode object = objects.stream()
                .filter(candidate -> candidate.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow()
                .deepCopy();
        ((ObjectNode) object.at(where)).put(field, value);
        assertThatThrownBy(() -> SCHEMAS.check(object))
                .as("%s: %s", field, value)
                .hasMessageContaining(value);
    }

    private static Path values(String yaml) {
        Path file = folder.resolve("more-values.yaml");
        assertThatCode(() -> Files.writeString(file, yaml)).doesNotThrowAnyException();
        return file;
    }
}
