package org.citystream.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Kubernetes and the operators know of their objects. A field that they do not know, one of another type and one that is
 * missing are refused, as the API server does when asked to be strict.
 */
final class StrictSchemas {
    private static final Map<String, Class<?>> KUBERNETES = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap.class),
            Map.entry("v1 Pod", V1Pod.class),
            Map.entry("v1 Service", V1Service.class),
            Map.entry("v1 ServiceAccount", V1ServiceAccount.class),
            Map.entry("apps/v1 Deployment", V1Deployment.class),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet.class),
            Map.entry("batch/v1 Job", V1Job.class),
            Map.entry("networking.k8s.io/v1 Ingress", V1Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class),
            Map.entry("rbac.authorization.k8s.io/v1 Role", V1Role.class),
            Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding.class));
    private static final Map<String, Class<?>> MONITORING = Map.of(
            "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class,
            "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);
    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new NoCatchAll());

    /** Words that Kubernetes chooses from, by field: neither model checks them. */
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("restartPolicy", Set.of("Always", "OnFailure", "Never")),
            Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
            Map.entry("whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")),
            Map.entry("podManagementPolicy", Set.of("OrderedReady", "Parallel")),
            Map.entry("fsGroupChangePolicy", Set.of("OnRootMismatch", "Always")),
            Map.entry("pathType", Set.of("Exact", "Prefix", "ImplementationSpecific")),
            Map.entry("protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("effect", Set.of("NoSchedule", "PreferNoSchedule", "NoExecute")),
            Map.entry("operator", Set.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Equal")),
            Map.entry("policyTypes", Set.of("Ingress", "Egress")));

    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?([kMGTPE]|[KMGTPE]i|m|e[0-9]+)?");

    private final JsonSchema flinkDeployment;

    StrictSchemas() {
        try (InputStream schema = Objects.requireNonNull(
                StrictSchemas.class.getResourceAsStream("/flinkdeployment-schema.json"), "the schema")) {
            flinkDeployment = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Models that take every unknown field into a map are made to refuse it. */
    private static final class NoCatchAll extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /**
     * Refuses what is not as its schema says.
     *
     * @throws AssertionError with the field
     */
    void check(JsonNode object) {
        String type =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        words(object, name(object));
        if (KUBERNETES.containsKey(type)) {
            kubernetes(Objects.requireNonNull(KUBERNETES.get(type)), object);
        } else if (MONITORING.containsKey(type)) {
            monitoring(Objects.requireNonNull(MONITORING.get(type)), object);
        } else if (type.equals("flink.apache.org/v1beta1 FlinkDeployment")) {
            flink(object);
        } else {
            throw new AssertionError("no schema for " + type);
        }
    }

    private static void kubernetes(Class<?> model, JsonNode object) {
        JsonElement element = JsonParser.parseString(object.toString());
        try {
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, element);
            Objects.requireNonNull(JSON.getGson().fromJson(element, model));
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    name(object) + ": " + e.getTargetException().getMessage(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new AssertionError(name(object) + ": " + e.getMessage(), e);
        }
    }

    private static void words(JsonNode node, String where) {
        node.properties().forEach(entry -> {
            String place = where + "/" + entry.getKey();
            Set<String> words = WORDS.get(entry.getKey());
            if (words != null) {
                Stream<JsonNode> chosen = entry.getValue().isArray()
                        ? StreamSupport.stream(entry.getValue().spliterator(), false)
                        : Stream.of(entry.getValue());
                chosen.filter(word -> word.isTextual() && !words.contains(word.asText()))
                        .forEach(word -> {
                            throw new AssertionError(place + ": " + word + " is none of " + words);
                        });
            }
            if (Set.of("requests", "limits").contains(entry.getKey())) {
                entry.getValue().forEach(quantity -> {
                    if (!QUANTITY.matcher(quantity.asText()).matches()) {
                        throw new AssertionError(place + ": " + quantity + " is no quantity");
                    }
                });
            }
            words(entry.getValue(), place);
        });
        if (node.isArray()) {
            node.forEach(item -> words(item, where));
        }
    }

    private static void monitoring(Class<?> model, JsonNode object) {
        try {
            STRICT.treeToValue(object, model);
        } catch (IOException e) {
            throw new AssertionError(name(object) + ": " + e.getMessage(), e);
        }
    }

    private void flink(JsonNode object) {
        var problems = flinkDeployment.validate(object);
        if (!problems.isEmpty()) {
            throw new AssertionError(name(object) + ": "
                    + problems.stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        kubernetes(V1PodTemplateSpec.class, object.at("/spec/podTemplate"));
    }

    private static String name(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }
}
