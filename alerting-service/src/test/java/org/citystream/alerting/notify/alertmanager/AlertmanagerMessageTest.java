package org.citystream.alerting.notify.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.notify.Bodies;
import org.citystream.alerting.notify.Format;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

class AlertmanagerMessageTest {
    private final AlertmanagerMessage format = new AlertmanagerMessage("https://alerts.example");

    @Test
    void aFiringAlertHasEveryFieldOfVersionFour() {
        JsonNode body =
                rendered(Bodies.change(ChangeType.OPENED, Events.on("ring-3").opened(), null));

        assertThat(body.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "version",
                        "groupKey",
                        "truncatedAlerts",
                        "status",
                        "receiver",
                        "groupLabels",
                        "commonLabels",
                        "commonAnnotations",
                        "externalURL",
                        "alerts");
        JsonNode alert = body.path("alerts").path(0);
        assertThat(alert.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
        assertThat(body.path("status").textValue()).isEqualTo("firing");
        assertThat(alert.path("labels").path("alertname").textValue()).isEqualTo("segment-congestion");
        assertThat(alert.path("labels").path("severity").textValue()).isEqualTo("moderate");
        assertThat(alert.path("labels").path("team").textValue()).isEqualTo("traffic-control");
        assertThat(alert.path("startsAt").textValue()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(alert.path("endsAt").textValue()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(body.path("commonLabels")).isEqualTo(alert.path("labels"));
    }

    @Test
    void theEndOfAnAlertHasItsFingerprintAndGroupKey() {
        Events ring = Events.on("ring-3");
        CityEvent opened = ring.opened();

        JsonNode firing = rendered(Bodies.change(ChangeType.OPENED, opened, null));
        JsonNode over = rendered(Bodies.change(ChangeType.RESOLVED, ring.closed(), opened));

        assertThat(over.path("status").textValue()).isEqualTo("resolved");
        assertThat(over.path("alerts").path(0).path("endsAt").textValue()).isEqualTo("2026-11-23T08:35:00Z");
        assertThat(over.path("groupKey")).isEqualTo(firing.path("groupKey"));
        assertThat(over.path("alerts").path(0).path("fingerprint"))
                .isEqualTo(firing.path("alerts").path(0).path("fingerprint"));
    }

    @Test
    void aGroupIsFiringUntilItsLastAlertIsOverAndHasInCommonWhatIsCommon() {
        JsonNode body = rendered(Bodies.group(
                List.of(Events.on("ring-3").opened(), Events.on("ring-4").closed())));

        assertThat(body.path("status").textValue()).isEqualTo("firing");
        assertThat(body.path("receiver").textValue()).isEqualTo("operators");
        assertThat(body.path("alerts")).hasSize(2);
        assertThat(body.path("groupLabels").path("severity").textValue()).isEqualTo("moderate");
        assertThat(body.path("commonLabels").has("subject")).isFalse();
        assertThat(body.path("commonLabels").path("city").textValue()).isEqualTo("lindholm");
    }

    @Test
    void whatIsAboutNoAlertIsAnAlertOfItsOwnName() {
        JsonNode alert = rendered(Bodies.test()).path("alerts").path(0);

        assertThat(alert.path("labels").path("alertname").textValue()).isEqualTo("webhook.test");
        assertThat(alert.path("annotations").path("description").textValue()).contains("test");
        assertThat(alert.path("startsAt").textValue()).isEqualTo("2026-11-23T08:00:00Z");
    }

    private JsonNode rendered(JsonNode message) {
        String body = format.render(message, Bodies.endpoint("https://example.org", Format.ALERTMANAGER));
        return JsonCodec.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
