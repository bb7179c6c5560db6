package org.citystream.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    LintResult lint() {
        return new Helm(copy).lint().strict().call();
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
