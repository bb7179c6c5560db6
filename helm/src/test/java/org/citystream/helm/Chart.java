package org.citystream.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The chart, rendered by Helm itself. It is rendered from a copy, since the library shows no hooks and takes every cluster
 * to be Kubernetes 1.20: the copy asks for no version, and its hooks are called something else.
 */
final class Chart {
    static final Path SOURCE = Path.of("citystream");
    static final YAMLMapper YAML = new YAMLMapper();
    private static final String RELEASE = "lindholm";
    private static final String NAMESPACE = "city";

    private final Path copy;

    private Chart(Path copy) {
        this.copy = copy;
    }

    /** The chart as it is, copied into a folder of the test. */
    static Chart in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(SOURCE.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, adapted(Files.readString(file)));
            }
        }
        return new Chart(folder);
    }

    private static String adapted(String content) {
        return content.replaceFirst("(?m)^kubeVersion:.*$", "").replace("helm.sh/hook:", "helm.sh/shown-hook:");
    }

    /** The names of the values files that stand for ways to deploy. */
    static List<String> cases() {
        try (Stream<Path> files = Files.list(SOURCE.resolve("ci"))) {
            return files.map(file -> file.getFileName().toString().replace("-values.yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path values(String name) {
        return SOURCE.resolve("ci").resolve(name + "-values.yaml");
    }

    /** What Helm makes of it, as text. */
    String template(Path... values) {
        var command = new Helm(copy).template().withName(RELEASE).withNamespace(NAMESPACE);
        for (Path file : values) {
            command.withValuesFile(file);
        }
        return command.call();
    }

    /** The rendered objects. */
    List<JsonNode> objects(Path... values) {
        return parse(template(values));
    }

    static List<JsonNode> parse(String rendered) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(rendered)) {
            return documents.readAll().stream()
                    .filter(Predicate.not(JsonNode::isNull))
                    .filter(document -> !document.isMissingNode())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Helm finds in the chart with these values for its own. */
    LintResult lint(JsonNode values) throws IOException {
        Files.writeString(copy.resolve("values.yaml"), YAML.writeValueAsString(values));
        return new Helm(copy).lint().strict().call();
    }

    /** The notes that Helm shows after an installation, which the library does not. The chart is of no other use then. */
    String notes(Path... values) throws IOException {
        Path notes = copy.resolve("templates/NOTES.txt");
        Files.writeString(
                copy.resolve("templates/notes.yaml"),
                "{{- define \"shown.notes\" }}" + Files.readString(notes)
                        + "{{ end }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\ndata:\n"
                        + "  notes: {{ include \"shown.notes\" . | toJson }}\n");
        return find(objects(values), "ConfigMap", "notes").at("/data/notes").asText();
    }

    /** The first with what the others say instead or besides, as Helm lays values files over each other. */
    static JsonNode merged(JsonNode first, JsonNode... more) {
        JsonNode merged = first.deepCopy();
        for (JsonNode other : more) {
            for (var entry : other.properties()) {
                JsonNode old = merged.path(entry.getKey());
                ((ObjectNode) merged)
                        .set(
                                entry.getKey(),
                                old.isObject() && entry.getValue().isObject()
                                        ? merged(old, entry.getValue())
                                        : entry.getValue());
            }
        }
        return merged;
    }

    /** The values of a case, with the chart's own beneath. */
    static JsonNode valuesOf(String name) throws IOException {
        return merged(
                YAML.readTree(SOURCE.resolve("values.yaml").toFile()),
                YAML.readTree(values(name).toFile()));
    }

    /** One of the objects. */
    static JsonNode find(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    static ObjectMapper json() {
        return new ObjectMapper();
    }
}
