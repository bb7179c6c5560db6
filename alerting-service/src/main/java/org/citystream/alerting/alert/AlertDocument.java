package org.citystream.alerting.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** An alert as JSON, with the field names that webhooks and the API share. */
public final class AlertDocument {
    private AlertDocument() {}

    /** Everything but evidence. */
    public static ObjectNode of(Alert alert, AlertLinks links) {
        CityEvent event = alert.current();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("alertId", alert.alertId());
        node.put("sequence", alert.sequence());
        node.put("state", alert.state().wireName());
        node.put("severity", event.severity().wireName());
        node.put("kind", event.kind().wireName());
        node.put("title", Titles.of(event));
        node.put("summary", event.summary());
        node.put("cityId", event.cityId());
        node.set("subject", tree(event.subject()));
        if (event.location() != null) {
            node.set("location", tree(event.location()));
        }
        node.put("startedAt", text(event.startedAt()));
        node.put("endedAt", text(event.endedAt()));
        node.put("updatedAt", text(event.at()));
        node.put("reason", event.reason());
        node.put("withdrawn", alert.withdrawn());
        node.put("episodeId", event.episodeId());
        node.set("labels", tree(event.labels() == null ? Map.of() : event.labels()));
        node.set("rule", tree(event.rule()));
        Acknowledgement acknowledgement = alert.acknowledgement();
        node.set("acknowledged", acknowledgement == null ? node.nullNode() : tree(acknowledgement));
        node.put("assignedTo", alert.assignedTo());
        node.set("links", links.of(alert.alertId()));
        return node;
    }

    private static JsonNode tree(Object value) {
        return JsonCodec.internal().valueToTree(value);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
