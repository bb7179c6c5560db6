package org.citystream.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.citystream.stack.alerting.AlertingClient;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.webhook.WebhookListener;

/** A webhook that is registered for one run, and writes down what it gets. */
final class ChaosReceiver implements AutoCloseable {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    private final AlertingClient alerting;
    private final WebhookListener listener;
    private final String id;

    private ChaosReceiver(AlertingClient alerting, WebhookListener listener, String id) {
        this.alerting = alerting;
        this.listener = listener;
        this.id = id;
    }

    static ChaosReceiver start(AlertingClient alerting, Path log) throws InterruptedException {
        // The first message may come before we have read the answer that tells the secret.
        CompletableFuture<String> secret = new CompletableFuture<>();
        try {
            WebhookListener listener =
                    WebhookListener.start(0, () -> List.of(secret.join()), InstantSource.system(), line -> {}, log);
            try {
                JsonNode webhook = alerting.post(
                        WEBHOOKS,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("url", "http://127.0.0.1:" + listener.port() + "/")
                                .put("description", "./city verify --chaos"));
                secret.complete(webhook.path("secret").asText());
                return new ChaosReceiver(alerting, listener, webhook.path("id").asText());
            } catch (CityFailure e) {
                listener.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CityFailure("no port can be opened to receive webhooks on: " + e, "look at ulimit -n", e);
        }
    }

    String id() {
        return id;
    }

    @Override
    public void close() throws InterruptedException {
        try {
            alerting.delete(WEBHOOKS + "/" + id);
        } finally {
            listener.close();
        }
    }
}
