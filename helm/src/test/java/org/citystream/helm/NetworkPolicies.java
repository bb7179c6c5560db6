package org.citystream.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rendered network policies as what they are for: whether somebody may speak to somebody. As Kubernetes evaluates them. */
final class NetworkPolicies {
    /**
     * Who speaks or listens.
     *
     * @param namespace its namespace, also its only label; empty: outside of the cluster
     * @param labels of the pod
     */
    record Endpoint(String namespace, Map<String, String> labels) {
        static Endpoint outside() {
            return new Endpoint("", Map.of());
        }

        static Endpoint in(String namespace) {
            return new Endpoint(namespace, Map.of());
        }

        static Endpoint of(Pods.Pod pod) {
            Map<String, String> labels = new TreeMap<>();
            pod.labels()
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            return new Endpoint("city", labels);
        }
    }

    private final List<JsonNode> policies;

    NetworkPolicies(List<JsonNode> objects) {
        policies = objects.stream()
                .filter(object -> object.path("kind").asText().equals("NetworkPolicy"))
                .toList();
    }

    /** Whether a TCP connection comes about. */
    boolean allow(Endpoint from, Endpoint to, int port) {
        return allow(from, to, "TCP", port);
    }

    boolean allow(Endpoint from, Endpoint to, String protocol, int port) {
        return permits("Egress", "egress", "to", from, to, protocol, port)
                && permits("Ingress", "ingress", "from", to, from, protocol, port);
    }

    private boolean permits(
            String type, String rules, String peers, Endpoint own, Endpoint other, String protocol, int port) {
        List<JsonNode> about = new ArrayList<>();
        for (JsonNode policy : policies) {
            boolean ofType = texts(policy.at("/spec/policyTypes")).contains(type);
            if (ofType
                    && own.namespace().equals(policy.at("/metadata/namespace").asText())
                    && selects(policy.at("/spec/podSelector"), own.labels())) {
                about.add(policy.path("spec"));
            }
        }
        if (about.isEmpty()) {
            return true;
        }
        for (JsonNode spec : about) {
            for (JsonNode rule : spec.path(rules)) {
                if (opens(rule.path("ports"), protocol, port) && meets(rule.path(peers), other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean opens(JsonNode ports, String protocol, int port) {
        if (ports.isEmpty()) {
            return true;
        }
        for (JsonNode open : ports) {
            if (open.path("protocol").asText().equals(protocol)
                    && open.path("port").asInt() == port) {
                return true;
            }
        }
        return false;
    }

    private static boolean meets(JsonNode peers, Endpoint other) {
        if (peers.isMissingNode()) {
            return true;
        }
        for (JsonNode peer : peers) {
            if (peer.has("ipBlock")) {
                throw new AssertionError("address blocks are not evaluated here: " + peer);
            }
            boolean namespace = peer.has("namespaceSelector")
                    ? !other.namespace().isEmpty()
                            && selects(
                                    peer.path("namespaceSelector"),
                                    Map.of("kubernetes.io/metadata.name", other.namespace()))
                    : other.namespace().equals("city");
            if (namespace && selects(peer.path("podSelector"), other.labels())) {
                return true;
            }
        }
        return false;
    }

    /** Of nothing asked everybody is chosen. */
    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        boolean equal = selector.path("matchLabels").properties().stream()
                .allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())));
        for (JsonNode expression : selector.path("matchExpressions")) {
            String value = labels.get(expression.path("key").asText());
            boolean listed = value != null && texts(expression.path("values")).contains(value);
            equal &= switch (expression.path("operator").asText()) {
                case "In" -> listed;
                case "NotIn" -> !listed;
                default -> throw new AssertionError("not evaluated here: " + expression);
            };
        }
        return equal;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
