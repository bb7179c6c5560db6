package org.citystream.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.opentest4j.TestAbortedException;

/** The operator's own definition of a FlinkDeployment, which is not part of the repository. */
final class FlinkCrd {
    private static final Path FILE =
            Path.of("..", "..", "shared", "reference", "crds", "flinkdeployments.flink.apache.org-v1.yml");

    private final JsonSchema schema;

    private FlinkCrd(JsonSchema schema) {
        this.schema = schema;
    }

    /** From beside the checkout; where it is not there the test is skipped, and says so. */
    static FlinkCrd require() throws IOException {
        if (!Files.isRegularFile(FILE)) {
            String reason = "skipped: the operator's CRD is not at " + FILE.normalize()
                    + "; of the operator's release it is helm/flink-kubernetes-operator/crds/" + FILE.getFileName();
            System.out.println(reason);
            throw new TestAbortedException(reason);
        }
        JsonNode schema =
                Chart.YAML.readTree(FILE.toFile()).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        close(schema);
        return new FlinkCrd(JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema));
    }

    /** As the API server does when asked to be strict: what is not named is refused. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(FlinkCrd::close);
    }

    /** What it finds wrong with a FlinkDeployment. */
    Set<String> problems(JsonNode deployment) {
        Set<String> problems = new TreeSet<>();
        schema.validate(deployment.path("spec")).forEach(problem -> problems.add(problem.toString()));
        return problems;
    }
}
