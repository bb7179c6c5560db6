package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every value means something: with another in its place something else is deployed, or nothing is. */
class ValuesEffectTest {
    /** What has everything switched on, in the two modes and with the two stores. */
    private static final List<List<String>> DEPLOYMENTS =
            List.of(List.of("operator", """
                    clock: {source: published, existingSecret: clock}
                    simulator: {enabled: true, mqttCertificateKey: c, mqttKeyKey: k}
                    alerting: {smtp: {user: u}}
                    mqtt: {user: u}
                    kafka: {certificateKey: c, keyKey: k}
                    monitoring: {grafanaDashboards: {enabled: false}}
                    """), List.of("plain", "{monitoring: {grafanaDashboards: {enabled: true}}}"));

    /** Texts of every form that the schema asks for somewhere. */
    private static final List<String> OTHERS = List.of(
            "other",
            "other:1",
            "https://other.example",
            "tcp://other:1",
            "jdbc:postgresql://other:1/db",
            "s3://other/path",
            "other@example.org",
            "sha256:" + "1".repeat(64),
            "3g",
            "PT1H",
            "v9_9",
            "7s");

    private static final List<String> OTHER_ITEMS = List.of("1234", "{\"podSelector\": {}}", "{\"name\": \"other\"}");
    private static final List<String> OTHER_ENTRIES = List.of(
            "{\"other\": \"value\"}", "{\"gateway\": {\"user\": \"other\"}}", "{\"requests\": {\"cpu\": \"7\"}}");

    @TempDir
    Path folder;

    /** Where a value is, and everything with another in its place. */
    private record Change(String path, JsonNode values) {}

    @Test
    void everyValueChangesWhatIsDeployed() throws Exception {
        Chart chart = Chart.in(folder.resolve("chart"));
        List<String> idle = null;
        for (List<String> deployment : DEPLOYMENTS) {
            JsonNode values = Chart.merged(Chart.valuesOf(deployment.get(0)), Chart.YAML.readTree(deployment.get(1)));
            String before = chart.template(written(values));
            List<String> still = new ArrayList<>();
            for (Change change : changes(values)) {
                if ((idle == null || idle.contains(change.path())) && before.equals(rendered(chart, change.values()))) {
                    still.add(change.path());
                }
            }
            idle = still;
        }

        assertThat(idle).isEmpty();
    }

    private String rendered(Chart chart, JsonNode values) throws IOException {
        try {
            return chart.template(written(values));
        } catch (RuntimeException refused) {
            return "refused: " + refused.getMessage();
        }
    }

    private Path written(JsonNode values) throws IOException {
        Path file = folder.resolve("values.yaml");
        Files.writeString(file, values.toString());
        return file;
    }

    private static List<Change> changes(JsonNode values) throws IOException {
        List<Change> changes = new ArrayList<>();
        JsonNode schema =
                Chart.json().readTree(Chart.SOURCE.resolve("values.schema.json").toFile());
        collect("", values, schema, values, changes);
        assertThat(changes).hasSizeGreaterThan(150);
        return changes;
    }

    private static void collect(String path, JsonNode value, JsonNode schema, JsonNode values, List<Change> changes) {
        if (value.isObject() && schema.has("properties") && !value.isEmpty()) {
            value.fieldNames()
                    .forEachRemaining(key -> collect(
                            path + "/" + key,
                            value.get(key),
                            schema.path("properties").path(key),
                            values,
                            changes));
            return;
        }
        JsonNode changed = values.deepCopy();
        int slash = path.lastIndexOf('/');
        ((ObjectNode) changed.at(path.substring(0, slash))).set(path.substring(slash + 1), other(path, value, schema));
        changes.add(new Change(path, changed));
    }

    /** Another value that the schema takes as well. */
    private static JsonNode other(String path, JsonNode value, JsonNode schema) {
        JsonSchema checked = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema);
        return candidates(value, schema).stream()
                .filter(candidate ->
                        !candidate.equals(value) && checked.validate(candidate).isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no other value for " + path));
    }

    private static List<JsonNode> candidates(JsonNode value, JsonNode schema) {
        List<JsonNode> candidates = new ArrayList<>();
        schema.path("enum").forEach(candidates::add);
        var nodes = Chart.json().getNodeFactory();
        if (value.isBoolean()) {
            candidates.add(nodes.booleanNode(!value.asBoolean()));
        } else if (value.isNumber()) {
            candidates.add(nodes.numberNode(value.asInt() + 1));
        } else if (value.isTextual()) {
            OTHERS.forEach(text -> candidates.add(nodes.textNode(text)));
        } else {
            for (String text : value.isArray() ? OTHER_ITEMS : OTHER_ENTRIES) {
                JsonNode parsed = parse(text);
                if (value.isArray()) {
                    ArrayNode array = nodes.arrayNode();
                    array.add(parsed);
                    candidates.add(array);
                } else {
                    candidates.add(parsed);
                }
            }
        }
        return candidates;
    }

    private static JsonNode parse(String text) {
        try {
            return Chart.json().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
