package org.citystream.alerting.notify.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertDocument;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.lifecycle.AlertMessages;
import org.citystream.model.event.CityEvent;

/** Webhook bodies, {@code {"type","timestamp","data"}}, always below {@link #MAX_BYTES}. */
public final class WebhookMessages implements AlertMessages {
    /** Type of the message that only shows that an endpoint works. */
    public static final String TEST_TYPE = "webhook.test";

    static final int MAX_BYTES = 20_000;
    private static final int MAX_TEXT = 500;
    private static final List<String> SAMPLES = List.of("samples", "sampleReadings");

    private final AlertLinks links;

    public WebhookMessages(AlertLinks links) {
        this.links = links;
    }

    @Override
    public String write(Alert alert, AlertChange change) {
        ObjectNode message = envelope(change.type().wireName(), change.at());
        message.set("data", data(alert, change));
        return fitted(message);
    }

    /** A message about nothing, for an endpoint's owner to try it. */
    public static String test(String endpointId, Instant now) {
        ObjectNode message = envelope(TEST_TYPE, now);
        message.putObject("data")
                .put("endpointId", endpointId)
                .put("summary", "This is a test: the endpoint works if its signature is accepted.");
        return message.toString();
    }

    private static ObjectNode envelope(String type, Instant timestamp) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("timestamp", timestamp.toString());
    }

    private ObjectNode data(Alert alert, AlertChange change) {
        ObjectNode data = AlertDocument.of(alert, links);
        CityEvent previous = change.type() == ChangeType.OPENED ? null : change.previous();
        data.put(
                "previousState",
                previous == null ? null : AlertState.of(previous).wireName());
        if (change.type() == ChangeType.AMENDED && previous != null) {
            data.set("previously", previously(previous));
        }
        data.set("evidence", alert.current().evidence().deepCopy());
        return data;
    }

    /** What an amendment corrects. */
    private static ObjectNode previously(CityEvent event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("state", AlertState.of(event).wireName());
        node.put("severity", event.severity().wireName());
        node.put("startedAt", event.startedAt().toString());
        node.put("endedAt", event.endedAt() == null ? null : event.endedAt().toString());
        return node;
    }

    /** Samples go first, then whatever evidence is largest, then free text; what people need to act stays. */
    private static String fitted(ObjectNode message) {
        String text = message.toString();
        if (fits(text) || !(message.get("data") instanceof ObjectNode data)) {
            return text;
        }
        data.put("truncated", true);
        if (data.get("evidence") instanceof ObjectNode evidence) {
            evidence.remove(SAMPLES);
            while (!fits(message.toString()) && !evidence.isEmpty()) {
                evidence.remove(largest(evidence));
            }
        }
        if (!fits(message.toString())) {
            data.putObject("evidence");
            data.putObject("labels");
            clip(data);
        }
        return message.toString();
    }

    private static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES;
    }

    private static String largest(ObjectNode node) {
        Optional<Map.Entry<String, JsonNode>> largest = node.properties().stream()
                .max(Comparator.comparingInt(
                        field -> field.getValue().toString().length()));
        return largest.map(Map.Entry::getKey).orElse("");
    }

    private static void clip(ObjectNode node) {
        node.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode child) {
                clip(child);
            } else if (field.getValue().isTextual()
                    && field.getValue().textValue().length() > MAX_TEXT) {
                field.setValue(JsonNodeFactory.instance.textNode(
                        field.getValue().textValue().substring(0, MAX_TEXT)));
            }
        });
    }
}
