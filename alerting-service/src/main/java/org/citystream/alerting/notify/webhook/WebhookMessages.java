package org.citystream.alerting.notify.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertDocument;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.group.Flush;
import org.citystream.alerting.group.Group;
import org.citystream.alerting.group.Member;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Messages;
import org.citystream.alerting.place.Places;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.WireName;

/** Webhook bodies, {@code {"type","timestamp","data"}}, always below {@link #MAX_BYTES}. */
public final class WebhookMessages implements Messages {
    static final int MAX_BYTES = 20_000;
    private static final int MAX_TEXT = 500;
    private static final List<String> SAMPLES = List.of("samples", "sampleReadings");

    private final AlertLinks links;
    private final Places places;

    public WebhookMessages(AlertLinks links, Places places) {
        this.links = links;
        this.places = places;
    }

    @Override
    public String change(Alert alert, AlertChange change) {
        ObjectNode message = envelope(change.type().wireName(), change.at());
        message.set("data", data(alert, change));
        return fitted(message);
    }

    @Override
    public String group(Group group, Flush flush, Instant now) {
        ObjectNode message = envelope(GROUP_TYPE, now);
        ObjectNode data = message.putObject("data");
        boolean open = flush.alerts().stream().anyMatch(Member::open);
        data.put("groupId", group.id())
                .put("sequence", group.sequence())
                .put("receiver", group.receiver())
                .put("route", group.routeId())
                .put("reason", WireName.of(flush.reason()))
                .put("state", open ? "firing" : "resolved");
        data.set("groupLabels", JsonCodec.internal().valueToTree(group.labels()));
        data.set("commonLabels", JsonCodec.internal().valueToTree(commonLabels(flush.alerts())));
        ArrayNode alerts = data.putArray("alerts");
        // What has changed first: if the message gets too long, the rest is left out.
        flush.alerts().stream()
                .sorted(Comparator.comparing((Member member) -> member.change() == null))
                .forEach(member -> alerts.add(alert(member)));
        data.put("truncatedAlerts", 0);
        return fittedGroup(message, data, alerts);
    }

    private ObjectNode alert(Member member) {
        ObjectNode alert = AlertDocument.of(member.alert(), links);
        ChangeType change = member.change();
        alert.put("change", change == null ? null : change.wireName());
        alert.set("evidence", member.alert().current().evidence().deepCopy());
        return alert;
    }

    private SortedMap<String, String> commonLabels(List<Member> members) {
        SortedMap<String, String> common = new TreeMap<>();
        for (int i = 0; i < members.size(); i++) {
            Alert alert = members.get(i).alert();
            SortedMap<String, String> labels =
                    LabelSet.of(alert, places.of(alert.current().subject())).asMap();
            if (i == 0) {
                common.putAll(labels);
            } else {
                common.entrySet().retainAll(labels.entrySet());
            }
        }
        return common;
    }

    /** Samples go first, then evidence, then whole alerts from the end, and how many is said; labels of the last one left. */
    private static String fittedGroup(ObjectNode message, ObjectNode data, ArrayNode alerts) {
        if (fits(message.toString())) {
            return message.toString();
        }
        data.put("truncated", true);
        alerts.findParents("evidence").forEach(alert -> {
            if (alert.get("evidence") instanceof ObjectNode evidence) {
                evidence.remove(SAMPLES);
            }
        });
        if (!fits(message.toString())) {
            alerts.findParents("evidence").forEach(alert -> ((ObjectNode) alert).putObject("evidence"));
        }
        if (!fits(message.toString())) {
            clip(message);
        }
        int left = alerts.size();
        while (left > 1 && !fits(message.toString())) {
            left--;
            alerts.remove(left);
            data.put("truncatedAlerts", data.get("truncatedAlerts").intValue() + 1);
        }
        if (!fits(message.toString())) {
            data.putObject("commonLabels");
            alerts.findParents("labels").forEach(alert -> ((ObjectNode) alert).putObject("labels"));
        }
        return message.toString();
    }

    /** A message about nothing, for an endpoint's owner to try it. */
    public static String test(String endpointId, Instant now) {
        ObjectNode message = envelope(TEST_TYPE, now);
        message.putObject("data")
                .put("endpointId", endpointId)
                .put("summary", "This is a test: the endpoint works if its signature is accepted.");
        return message.toString();
    }

    /** An endpoint has been disabled, for the owners of the others; not its URL, which may be a secret. */
    public static String disabled(Endpoint endpoint, String reason, Instant now) {
        ObjectNode message = envelope(DISABLED_TYPE, now);
        message.putObject("data")
                .put("endpointId", endpoint.id())
                .put("description", endpoint.description())
                .put("reason", reason)
                .put("summary", "Webhook " + endpoint.id() + " gets nothing any more: " + reason + ".");
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
            } else if (field.getValue() instanceof ArrayNode children) {
                children.forEach(child -> {
                    if (child instanceof ObjectNode object) {
                        clip(object);
                    }
                });
            } else if (field.getValue().isTextual()
                    && field.getValue().textValue().length() > MAX_TEXT) {
                field.setValue(JsonNodeFactory.instance.textNode(
                        field.getValue().textValue().substring(0, MAX_TEXT)));
            }
        });
    }
}
