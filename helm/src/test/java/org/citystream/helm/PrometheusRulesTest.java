package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts on the pipeline's own health: they fire when they should, and say where to read on. */
class PrometheusRulesTest {
    private static final Path RULES = Chart.SOURCE.resolve("files/prometheus-rules.yaml");
    private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks");

    @Test
    void promtoolAgreesWithEveryStory(@TempDir Path folder) throws Exception {
        Files.copy(RULES, folder.resolve("prometheus-rules.yaml"));
        Files.copy(Path.of("src", "test", "resources", "prometheus-rules-test.yaml"), folder.resolve("stories.yaml"));

        assertThat(Promtool.run(folder, "check", "rules", "prometheus-rules.yaml"))
                .contains("SUCCESS");
        assertThat(Promtool.run(folder, "test", "rules", "stories.yaml")).contains("SUCCESS");
    }

    @Test
    void everyAlertHasAStoryInWhichItFires() throws Exception {
        Set<String> fired = new TreeSet<>();
        for (JsonNode test : Chart.YAML
                .readTree(Path.of("src", "test", "resources", "prometheus-rules-test.yaml")
                        .toFile())
                .path("tests")) {
            for (JsonNode check : test.path("alert_rule_test")) {
                if (!check.path("exp_alerts").isEmpty()) {
                    fired.add(check.path("alertname").asText());
                }
            }
        }
        assertThat(alerts()).extracting(alert -> alert.path("alert").asText()).hasSameElementsAs(fired);
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() throws Exception {
        Set<String> pages = new TreeSet<>();
        for (JsonNode alert : alerts()) {
            Path page = Path.of("..", alert.at("/annotations/runbook_url").asText());
            assertThat(Files.readString(page))
                    .startsWith("# " + alert.path("alert").asText() + "\n")
                    .contains("**What it means.**", "**Look here**", "**What to do.**");
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            pages.add(page.getFileName().toString());
        }
        try (var files = Files.list(RUNBOOKS)) {
            assertThat(files.map(file -> file.getFileName().toString())).hasSameElementsAs(pages);
        }
    }

    @Test
    void theChartPointsToTheRunbooksWhereTheyAreServed(@TempDir Path folder) throws Exception {
        JsonNode rule = Chart.find(
                Chart.in(folder).objects(Chart.values("operator")), "PrometheusRule", "lindholm-citystream-pipeline");

        assertThat(rule.at("/spec/groups/0/rules/0/annotations/runbook_url").asText())
                .isEqualTo("https://handbook.example/runbooks/gateway-absent.md");
        assertThat(rule.at("/spec/groups/0/rules/2/annotations/summary").asText())
                .as("templates of Prometheus are left to Prometheus")
                .contains("{{ $labels.instance }}");
    }

    private static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        Chart.YAML
                .readTree(RULES.toFile())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(alerts::add));
        assertThat(alerts).isNotEmpty();
        return alerts;
    }
}
