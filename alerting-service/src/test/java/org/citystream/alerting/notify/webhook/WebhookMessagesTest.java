package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.notify.Bodies;
import org.citystream.alerting.place.Place;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

class WebhookMessagesTest {
    private final WebhookMessages messages = new WebhookMessages(
            new AlertLinks("http://city.example/", "http://alerts.example"), subject -> Place.UNKNOWN);

    @Test
    void anOpeningSaysEverythingTheContractPromises() {
        CityEvent event = Events.on("ring-3").opened();

        JsonNode message = written(opened(event));

        assertThat(message.properties()).extracting(Map.Entry::getKey).containsExactly("type", "timestamp", "data");
        assertThat(message.path("type").textValue()).isEqualTo("alert.opened");
        assertThat(message.path("timestamp").textValue()).isEqualTo("2026-11-23T08:03:00Z");
        JsonNode data = message.path("data");
        assertThat(data.path("alertId").textValue()).isEqualTo("al-1");
        assertThat(data.path("sequence").intValue()).isEqualTo(1);
        assertThat(data.path("state").textValue()).isEqualTo("firing");
        assertThat(data.get("previousState").isNull()).isTrue();
        assertThat(data.path("severity").textValue()).isEqualTo("moderate");
        assertThat(data.path("kind").textValue()).isEqualTo("congestion");
        assertThat(data.path("title").textValue()).isEqualTo("Moderate congestion on Ring Road 3 at Elm Street");
        assertThat(data.path("summary").textValue()).isNotEmpty();
        assertThat(data.path("cityId").textValue()).isEqualTo("lindholm");
        assertThat(data.path("subject").path("type").textValue()).isEqualTo("road-segment");
        assertThat(data.path("startedAt").textValue()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(data.get("endedAt").isNull()).isTrue();
        assertThat(data.path("labels").path("team").textValue()).isEqualTo("traffic-control");
        assertThat(data.path("rule").path("id").textValue()).isEqualTo("segment-congestion");
        assertThat(data.path("evidence").path("speedRatio").doubleValue()).isEqualTo(0.45);
        assertThat(data.path("links").path("dashboard").textValue()).isEqualTo("http://city.example/?alert=al-1");
        assertThat(data.path("links").path("api").textValue()).isEqualTo("http://alerts.example/api/v1/alerts/al-1");
        assertThat(data.has("truncated")).isFalse();
    }

    @Test
    void anAmendmentSaysWhatWasToldBefore() {
        Events ring = Events.on("ring-3");
        CityEvent before = ring.opened();
        CityEvent after = ring.movedTo(Events.EIGHT.minusSeconds(300)).opened();
        Alert alert = new Alert("al-1", after, null, 2, true, null, null);

        JsonNode data = written(alert, new AlertChange(ChangeType.AMENDED, 2, before, true, after.at()))
                .path("data");

        assertThat(data.path("previousState").textValue()).isEqualTo("firing");
        assertThat(data.path("previously").path("startedAt").textValue()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(data.path("startedAt").textValue()).isEqualTo("2026-11-23T07:55:00Z");
    }

    @Test
    void samplesGoFirstWhenTheBodyIsTooLarge() {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        evidence.put("threshold", 0.5);
        for (int i = 0; i < 20; i++) {
            evidence.withArray("samples").add("x".repeat(1500));
        }

        String text = text(opened(with(Events.on("ring-3").opened(), evidence, "Ring Road", Map.of())));

        JsonNode data = read(text).path("data");
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
        assertThat(data.path("truncated").booleanValue()).isTrue();
        assertThat(data.path("evidence").has("samples")).isFalse();
        assertThat(data.path("evidence").path("threshold").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void nothingMakesABodyTooLarge() {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            evidence.put("field" + i, "é".repeat(1000));
            labels.put("label" + i, "ü".repeat(1000));
        }

        String text = text(opened(with(Events.on("ring-3").opened(), evidence, "ö".repeat(30_000), labels)));

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
        JsonNode data = read(text).path("data");
        assertThat(data.path("truncated").booleanValue()).isTrue();
        assertThat(data.path("alertId").textValue()).isEqualTo("al-1");
        assertThat(data.path("links").path("api").textValue()).isNotEmpty();
    }

    @Test
    void nothingMakesABodyOfAGroupTooLarge() {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            labels.put("label" + i, "ü".repeat(1000));
        }
        CityEvent event = with(Events.on("ring-3").opened(), JsonNodeFactory.instance.objectNode(), "ring", labels);

        JsonNode message = Bodies.group(List.of(event));

        assertThat(message.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
        assertThat(message.path("data").path("alerts").path(0).path("alertId").textValue())
                .startsWith("al-");
    }

    private static Alert opened(CityEvent event) {
        return new Alert("al-1", event, null, 1, true, null, null);
    }

    private JsonNode written(Alert alert) {
        return read(text(alert));
    }

    private JsonNode written(Alert alert, AlertChange change) {
        return read(messages.change(alert, change));
    }

    private String text(Alert alert) {
        return messages.change(
                alert,
                new AlertChange(
                        ChangeType.OPENED, 1, null, true, alert.current().at()));
    }

    private static JsonNode read(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private static CityEvent with(CityEvent event, JsonNode evidence, String name, Map<String, String> labels) {
        return new CityEvent(
                event.eventId(),
                event.episodeId(),
                event.revision(),
                event.kind(),
                event.transition(),
                event.severity(),
                event.cityId(),
                new Subject(event.subject().type(), event.subject().id(), name),
                event.startedAt(),
                event.at(),
                event.endedAt(),
                event.replaces(),
                event.replacedBy(),
                event.reason(),
                event.rule(),
                labels,
                event.summary(),
                event.location(),
                evidence);
    }
}
