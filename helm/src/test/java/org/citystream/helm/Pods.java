package org.citystream.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pods that rendered objects make. */
final class Pods {
    /** A pod and the object it comes from. */
    record Pod(String owner, JsonNode labels, JsonNode annotations, JsonNode spec, JsonNode object) {
        List<JsonNode> containers() {
            List<JsonNode> containers = new ArrayList<>();
            spec.path("initContainers").forEach(containers::add);
            containers.addAll(lastingContainers());
            return containers;
        }

        /** Those that stay as long as the pod. */
        List<JsonNode> lastingContainers() {
            List<JsonNode> containers = new ArrayList<>();
            spec.path("containers").forEach(containers::add);
            return containers;
        }

        /** Whether it is there to stay. */
        boolean isLasting() {
            return !Set.of("Job", "Pod").contains(object.path("kind").asText());
        }

        @Override
        public String toString() {
            return owner;
        }
    }

    private Pods() {}

    static List<Pod> in(List<JsonNode> objects) {
        return objects.stream().map(Pods::of).flatMap(Optional::stream).toList();
    }

    private static Optional<Pod> of(JsonNode object) {
        String kind = object.path("kind").asText();
        JsonNode template = switch (kind) {
            case "Deployment", "StatefulSet", "Job" -> object.at("/spec/template");
            case "FlinkDeployment" -> object.at("/spec/podTemplate");
            case "Pod" -> object;
            default -> null;
        };
        return Optional.ofNullable(template)
                .map(pod -> new Pod(
                        kind + " " + object.at("/metadata/name").asText(),
                        pod.at("/metadata/labels"),
                        pod.at("/metadata/annotations"),
                        pod.path("spec"),
                        object));
    }
}
