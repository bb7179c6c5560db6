package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.citystream.alerting.Service.Answer;

/** The OpenAPI document of a service, and whether an answer keeps to it. */
final class Contract {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final JsonNode document;

    Contract(JsonNode document) {
        this.document = document;
    }

    /**
     * An operation.
     *
     * @param role that it needs; empty: none
     */
    record Operation(String method, String path, Optional<String> role, JsonNode description) {
        /** Whether it streams instead of answering. */
        boolean streams() {
            return description.path("responses").path("200").path("content").has("text/event-stream");
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (String method : METHODS) {
                JsonNode operation = path.getValue().path(method);
                if (!operation.isMissingNode()) {
                    JsonNode role =
                            operation.path("security").path(0).path("token").path(0);
                    operations.add(new Operation(
                            method.toUpperCase(Locale.ROOT),
                            path.getKey(),
                            Optional.ofNullable(role.textValue()),
                            operation));
                }
            }
        }
        return operations;
    }

    /** Fails if the answer is not one that the document promises. Paths that it does not know are no business of its. */
    void check(String method, String pathAndQuery, Answer answer) {
        String path = pathAndQuery.split("\\?", 2)[0];
        operations().stream()
                .filter(operation -> operation.method().equals(method))
                .filter(operation -> path.matches(operation.path().replaceAll("\\{[a-z]+}", "[^/]+")))
                .min(Comparator.comparing(operation -> operation.path().contains("{")))
                .ifPresent(operation -> check(operation, answer));
    }

    private void check(Operation operation, Answer answer) {
        String what = operation.method() + " " + operation.path() + " " + answer.status();
        JsonNode responses = operation.description().path("responses");
        JsonNode response = responses.has(String.valueOf(answer.status()))
                ? resolved(responses.get(String.valueOf(answer.status())))
                : resolved(responses.path("default"));
        assertThat(response.isMissingNode())
                .as(what + " is not in the document")
                .isFalse();
        if (!response.has("content")) {
            return;
        }
        String type = answer.contentType().split(";", 2)[0];
        JsonNode schema = response.path("content").path(type).path("schema");
        assertThat(schema.isMissingNode()).as(what + " as " + type).isFalse();
        if (type.endsWith("json")) {
            assertThat(problems(schema, answer.json()))
                    .as(what + " " + answer.body())
                    .isEmpty();
        }
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode()
                ? node
                : document.at(reference.textValue().substring(1));
    }

    private List<String> problems(JsonNode schema, JsonNode value) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole).validate(value).stream()
                .map(Object::toString)
                .toList();
    }
}
