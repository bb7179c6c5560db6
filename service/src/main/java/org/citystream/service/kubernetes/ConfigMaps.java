package org.citystream.service.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.socket.Pem;

/** The ConfigMaps of one namespace, as its API server has them. */
final class ConfigMaps {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI namespace;
    private final String token;

    /**
     * @param api address of the API server
     * @param token the service account's
     */
    ConfigMaps(HttpClient client, URI api, String namespace, String token) {
        this.client = client;
        this.namespace = api.resolve("/api/v1/namespaces/" + namespace + "/configmaps/");
        this.token = token;
    }

    /**
     * As a pod reaches them.
     *
     * @param account folder of the pod's service account: {@code token} and {@code ca.crt}
     * @param environment {@code KUBERNETES_SERVICE_HOST} and {@code KUBERNETES_SERVICE_PORT}, which every pod has
     */
    static ConfigMaps ofPod(Path account, Map<String, String> environment, String namespace)
            throws IOException, GeneralSecurityException {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .sslContext(Pem.context(account.resolve("ca.crt"), null, null))
                .build();
        URI api = URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        return new ConfigMaps(
                client,
                api,
                namespace,
                Files.readString(account.resolve("token")).strip());
    }

    /**
     * Keys of a ConfigMap; none if it is not there.
     *
     * @throws IOException if the API server refuses or cannot be reached
     */
    Set<String> keys(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(name).GET());
        if (answer.statusCode() == 404) {
            return Set.of();
        }
        Set<String> keys = new TreeSet<>();
        JsonCodec.internal()
                .readTree(accepted(answer))
                .path("data")
                .fieldNames()
                .forEachRemaining(keys::add);
        return keys;
    }

    /**
     * Takes keys out of a ConfigMap and leaves the others.
     *
     * @throws IOException if the API server refuses or cannot be reached
     */
    void remove(String name, Collection<String> keys) throws IOException, InterruptedException {
        ObjectNode patch = JsonCodec.internal().createObjectNode();
        ObjectNode data = patch.putObject("data");
        keys.forEach(data::putNull);
        accepted(send(request(name)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(patch.toString()))));
    }

    private HttpRequest.Builder request(String name) {
        return HttpRequest.newBuilder(namespace.resolve(name))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String accepted(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(answer.request().method() + " " + answer.uri() + " is answered " + answer.statusCode()
                    + ": " + answer.body());
        }
        return answer.body();
    }
}
