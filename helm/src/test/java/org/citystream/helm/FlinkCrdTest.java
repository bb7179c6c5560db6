package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The FlinkDeployments are ones that the operator's own definition takes. */
class FlinkCrdTest {
    @TempDir
    static Path folder;

    @Test
    void theOperatorTakesWhatIsRenderedAndRefusesSlips() throws Exception {
        FlinkCrd crd = FlinkCrd.require();
        Path more = Files.writeString(folder.resolve("more.yaml"), """
                flink:
                  upgradeMode: last-state
                  exactlyOnce: true
                  podAnnotations: {a: b}
                  tolerations: [{key: dedicated, operator: Exists}]
                  jobs: {traffic: {initialSavepointPath: 's3://b/savepoint-1', savepointRedeployNonce: 2}}
                """);
        Chart chart = Chart.in(folder.resolve("chart"));
        List<JsonNode> deployments =
                deployments(chart.objects(Chart.values("operator")), chart.objects(Chart.values("operator"), more));

        assertThat(deployments)
                .hasSize(8)
                .allSatisfy(deployment -> assertThat(crd.problems(deployment)).isEmpty());
        assertThat(deployments)
                .anySatisfy(deployment -> assertThat(
                                deployment.at("/spec/job/initialSavepointPath").asText())
                        .isEqualTo("s3://b/savepoint-1"));
        assertRefused(crd, deployments.get(0), "/spec", "flinkVersion", "v9_9");
        assertRefused(crd, deployments.get(0), "/spec/job", "upgradeMode", "x");
        assertRefused(crd, deployments.get(0), "/spec/taskManager", "replcas", "1");
        assertRefused(crd, deployments.get(0), "/spec/podTemplate/spec", "enableServiceLinks", "perhaps");
    }

    private static void assertRefused(FlinkCrd crd, JsonNode deployment, String where, String field, String value) {
        JsonNode slip = deployment.deepCopy();
        ((ObjectNode) slip.at(where)).put(field, value);
        assertThat(crd.problems(slip)).as("%s: %s", field, value).isNotEmpty();
    }

    @SafeVarargs
    private static List<JsonNode> deployments(List<JsonNode>... renders) {
        return List.of(renders).stream()
                .flatMap(List::stream)
                .filter(object -> object.path("kind").asText().equals("FlinkDeployment"))
                .toList();
    }
}
