package org.citystream.alerting.notify.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.alerting.alert.AlertId;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.notify.Channel;
import org.citystream.alerting.notify.Endpoint;

/**
 * Version 4 of Alertmanager's webhook body. What it has no word for goes into annotations: severity changes are firing
 * alerts with another label, acknowledged and stale ones are firing.
 */
public final class AlertmanagerMessage implements Channel.Rendering {
    /** Alertmanager's "not yet". */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final int FINGERPRINT_BYTES = 8;

    private final String externalUrl;

    /** @param externalUrl this service as people reach it */
    public AlertmanagerMessage(String externalUrl) {
        this.externalUrl = externalUrl;
    }

    @Override
    public String render(JsonNode message, Endpoint endpoint) {
        JsonNode data = message.path("data");
        List<ObjectNode> alerts = new ArrayList<>();
        if (data.has("alerts")) {
            data.path("alerts").forEach(alert -> alerts.add(alert(message, alert)));
        } else {
            alerts.add(alert(message, data));
        }
        boolean firing =
                alerts.stream().anyMatch(alert -> alert.path("status").asText().equals("firing"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", "4");
        body.put("groupKey", groupKey(data, alerts));
        body.put("truncatedAlerts", data.path("truncatedAlerts").asInt());
        body.put("status", firing ? "firing" : "resolved");
        body.put("receiver", receiver(data, endpoint));
        body.set("groupLabels", data.has("groupLabels") ? data.get("groupLabels") : body.objectNode());
        body.set("commonLabels", common(alerts, "labels"));
        body.set("commonAnnotations", common(alerts, "annotations"));
        body.put("externalURL", externalUrl);
        ArrayNode list = body.putArray("alerts");
        alerts.forEach(list::add);
        return body.toString();
    }

    private static String receiver(JsonNode data, Endpoint endpoint) {
        String ofGroup = data.path("receiver").asText();
        if (!ofGroup.isEmpty()) {
            return ofGroup;
        }
        return endpoint.receivers().isEmpty()
                ? endpoint.id()
                : endpoint.receivers().get(0);
    }

    /** Stable over an alert's or a group's life. */
    private static String groupKey(JsonNode data, List<ObjectNode> alerts) {
        String id = data.path("groupId")
                .asText(data.path("alertId")
                        .asText(alerts.get(0).path("fingerprint").asText()));
        return "{}:{id=\"" + id + "\"}";
    }

    private ObjectNode alert(JsonNode message, JsonNode data) {
        boolean over = data.path("state").asText().equals("resolved");
        SortedMap<String, String> labels = labels(message, data);
        ObjectNode alert = JsonNodeFactory.instance.objectNode();
        alert.put("status", over ? "resolved" : "firing");
        labels.forEach(alert.putObject("labels")::put);
        annotations(data).forEach(alert.putObject("annotations")::put);
        alert.put(
                "startsAt",
                data.path("startedAt").asText(message.path("timestamp").asText()));
        alert.put(
                "endsAt",
                over ? data.path("endedAt").asText(data.path("updatedAt").asText()) : NEVER);
        alert.put("generatorURL", data.path("links").path("dashboard").asText(externalUrl));
        alert.put("fingerprint", fingerprint(message, data));
        return alert;
    }

    private static String fingerprint(JsonNode message, JsonNode data) {
        return AlertId.hash(
                FINGERPRINT_BYTES,
                "fingerprint",
                data.path("alertId").asText(message.path("type").asText()));
    }

    private static SortedMap<String, String> labels(JsonNode message, JsonNode data) {
        SortedMap<String, String> labels = new TreeMap<>();
        data.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        JsonNode subject = data.path("subject");
        String rule = data.path("rule").path("id").asText();
        labels.put(LabelSet.ALERTNAME, rule.isEmpty() ? message.path("type").asText() : rule);
        labels.put("rule", rule);
        labels.put("kind", data.path("kind").asText());
        labels.put("severity", data.path("severity").asText());
        labels.put("city", data.path("cityId").asText());
        labels.put(LabelSet.SUBJECT, subject.path("id").asText());
        labels.put("subject_type", subject.path("type").asText());
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    private static SortedMap<String, String> annotations(JsonNode data) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put("summary", data.path("title").asText());
        annotations.put("description", data.path("summary").asText());
        annotations.put("state", data.path("state").asText());
        annotations.put("alert_id", data.path("alertId").asText());
        annotations.put("acknowledged_by", data.path("acknowledged").path("by").asText());
        annotations.values().removeIf(String::isEmpty);
        return annotations;
    }

    /** What all alerts say alike. */
    private static ObjectNode common(List<ObjectNode> alerts, String field) {
        ObjectNode common = alerts.get(0).path(field).deepCopy();
        for (ObjectNode alert : alerts) {
            JsonNode own = alert.path(field);
            List<String> different = common.properties().stream()
                    .filter(entry -> !entry.getValue().equals(own.get(entry.getKey())))
                    .map(Map.Entry::getKey)
                    .toList();
            common.remove(different);
        }
        return common;
    }
}
