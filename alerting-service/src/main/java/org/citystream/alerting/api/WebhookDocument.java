package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.citystream.alerting.notify.Channels;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Endpoints.LoggedAttempt;
import org.citystream.alerting.notify.Endpoints.LoggedDelivery;
import org.citystream.alerting.notify.Format;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Endpoints and deliveries as JSON; never a secret. */
final class WebhookDocument {
    private final Channels channels;

    /** @param channels know what was really sent */
    WebhookDocument(Channels channels) {
        this.channels = channels;
    }

    /** @param whole for callers who are known: the path of a URL may be a secret, and so may an address */
    ObjectNode of(Endpoint endpoint, boolean whole) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", endpoint.id());
        node.put("url", whole ? shown(endpoint) : origin(endpoint));
        node.put("format", endpoint.format().wireName());
        ArrayNode types = node.putArray("types");
        endpoint.types().forEach(types::add);
        ArrayNode receivers = node.putArray("receivers");
        endpoint.receivers().forEach(receivers::add);
        node.put("description", endpoint.description());
        node.put("enabled", endpoint.enabled());
        node.put("disabledReason", endpoint.disabledReason());
        node.put("createdAt", endpoint.createdAt().toString());
        node.put("consecutiveFailures", endpoint.failures().consecutive());
        node.put("failingSince", text(endpoint.failures().since()));
        node.put("blockedUntil", text(endpoint.failures().blockedUntil()));
        node.put("previousSecretUntil", text(endpoint.secrets().previousUntil()));
        return node;
    }

    /** Whoever knows the path of a Slack webhook can post to it. */
    private static String shown(Endpoint endpoint) {
        return endpoint.format() == Format.SLACK ? origin(endpoint) : endpoint.url();
    }

    private static String origin(Endpoint endpoint) {
        return endpoint.format() == Format.EMAIL
                ? "mailto:..."
                : endpoint.url().replaceFirst("(?<=[^/:])[/?].*", "/...");
    }

    /**
     * A delivery.
     *
     * @param endpoint that it goes to
     * @param whole for callers who are known: nobody knows what an endpoint answers
     */
    ObjectNode of(LoggedDelivery delivery, Endpoint endpoint, boolean whole) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", delivery.webhookId());
        node.put("webhookId", delivery.endpointId());
        node.put("type", delivery.type());
        node.put("alertId", delivery.alertId());
        node.put("sequence", delivery.sequence());
        node.put("state", delivery.state().wireName());
        node.put("createdAt", delivery.createdAt().toString());
        node.put("nextAttemptAt", text(delivery.nextAttemptAt()));
        node.put("completedAt", text(delivery.completedAt()));
        ArrayNode attempts = node.putArray("attempts");
        delivery.attempts().forEach(attempt -> attempts.add(of(attempt, whole)));
        node.set("request", body(channels.rendered(endpoint, delivery.request())));
        return node;
    }

    private static ObjectNode of(LoggedAttempt attempt, boolean whole) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("attempt", attempt.attempt())
                .put("startedAt", attempt.startedAt().toString())
                .put("latencyMs", attempt.latencyMs())
                .put("status", attempt.status())
                .put("error", attempt.error())
                .put("response", whole ? attempt.response() : null);
    }

    private static JsonNode body(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
