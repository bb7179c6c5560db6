package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citystream.helm.GrafanaDashboards.Query;
import org.citystream.service.metrics.Metrics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PromQL of the dashboards can be read by Prometheus, and it and the rules ask for metrics that there are. */
class GrafanaPromQlTest {
    private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z][A-Za-z0-9_.]+)\"");
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?![a-zA-Z0-9_:]*\\s*\\()");
    private static final Pattern NO_METRIC = Pattern.compile(
            "\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\"[^\"]*\"|\\boffset\\s+\\w+");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");
    /* What Prometheus's client makes of a name, and what a job puts before it. */
    private static final Pattern SUFFIX = Pattern.compile("(_seconds|_bytes)?(_total|_sum|_count|_max|_bucket)?$");
    private static final Pattern FLINK =
            Pattern.compile("flink_(taskmanager|jobmanager)_job_(task_)?(operator_)?(?<name>\\w+)");

    /** Flink's own and its Kafka connector's, as their documentation lists them. */
    private static final Set<String> FLINKS_OWN = Set.of(
            "pendingRecords",
            "lastCheckpointDuration",
            "numberOfCompletedCheckpoints",
            "numberOfFailedCheckpoints",
            "numRestarts");

    private static final Set<String> REGISTERED = new TreeSet<>();

    @BeforeAll
    static void whatTheCodeRegisters() throws IOException {
        for (String module : List.of("service", "ingest-gateway", "alerting-service", "dashboard", "flink-jobs")) {
            try (var files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    if (source.contains("io.micrometer") || source.contains("org.apache.flink.metrics")) {
                        LITERAL.matcher(source)
                                .results()
                                .forEach(literal ->
                                        REGISTERED.add(literal.group(1).replace('.', '_')));
                    }
                }
            }
        }
        Metrics.registry()
                .scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> REGISTERED.add(withoutSuffix(line.split("[ {]", 2)[0])));
    }

    static List<Query> queries() {
        return GrafanaDashboards.promQl();
    }

    static List<Query> queriesAndRules() throws IOException {
        List<Query> all = new ArrayList<>(queries());
        Chart.YAML
                .readTree(Chart.SOURCE.resolve("files/prometheus-rules.yaml").toFile())
                .path("groups")
                .forEach(group -> group.path("rules")
                        .forEach(rule -> all.add(new Query(
                                group.path("name").asText(),
                                rule.path("alert").asText(),
                                rule.path("expr").asText()))));
        return all;
    }

    @ParameterizedTest
    @MethodSource("queriesAndRules")
    void everyMetricIsOneThatTheCodeRegisters(Query query) {
        Set<String> metrics = metrics(query.text());

        assertThat(metrics)
                .as(query.text())
                .isNotEmpty()
                .allSatisfy(
                        metric -> assertThat(isRegistered(metric)).as(metric).isTrue());
    }

    @Test
    void aMetricThatNobodyRegistersIsFound() {
        assertThat(metrics("sum by (kind) (rate(gateway_forwarded_total{a=\"b\"}[5m])) / on (x) up offset 15m"))
                .containsExactlyInAnyOrder("gateway_forwarded_total", "up");
        assertThat(isRegistered("gateway_forwarded_total")).isTrue();
        assertThat(isRegistered("gateway_forwardet_total")).isFalse();
        assertThat(isRegistered("flink_taskmanager_job_task_operator_pointsWriten"))
                .isFalse();
    }

    @Test
    void prometheusCanReadThemAll(@TempDir Path folder) throws Exception {
        ObjectNode file = Chart.json().createObjectNode();
        ArrayNode rules =
                file.putArray("groups").addObject().put("name", "dashboards").putArray("rules");
        List<Query> queries = queries();
        for (int i = 0; i < queries.size(); i++) {
            rules.addObject()
                    .put("record", "dashboards:query:" + i)
                    .put("expr", queries.get(i).text().replace("$__rate_interval", "5m"));
        }
        assertThat(queries).hasSizeGreaterThan(15);
        Files.write(folder.resolve("rules.yaml"), Chart.json().writeValueAsBytes(file));

        assertThat(Promtool.run(folder, "check", "rules", "rules.yaml"))
                .contains("SUCCESS: " + queries.size() + " rules found");
    }

    private static Set<String> metrics(String expression) {
        Matcher matcher = METRIC.matcher(NO_METRIC.matcher(expression).replaceAll(" "));
        Set<String> metrics = new TreeSet<>();
        matcher.results()
                .map(match -> match.group())
                .filter(word -> !WORDS.contains(word))
                .forEach(metrics::add);
        return metrics;
    }

    private static boolean isRegistered(String metric) {
        Matcher flink = FLINK.matcher(metric);
        if (flink.matches()) {
            String name = flink.group("name");
            return FLINKS_OWN.contains(name) || REGISTERED.contains(name);
        }
        return REGISTERED.contains(metric) || REGISTERED.contains(withoutSuffix(metric));
    }

    private static String withoutSuffix(String metric) {
        return SUFFIX.matcher(metric).replaceFirst("");
    }
}
