package org.citystream.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.citystream.alerting.Events;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.RuleKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertDocumentTest {
    private static final AlertLinks LINKS = new AlertLinks("https://city.example/", "https://alerts.example");

    private final Events ring = Events.on("ring-3");

    private static ObjectNode document(CityEvent event) {
        return document(event, null);
    }

    private static ObjectNode document(CityEvent event, @Nullable Acknowledgement acknowledgement) {
        return AlertDocument.of(new Alert("al-1", event, null, 2, true, acknowledgement, null), LINKS);
    }

    private static CityEvent event(
            CityEvent e, RuleKind kind, Subject subject, @Nullable Map<String, String> labels, @Nullable GeoPoint at) {
        return new CityEvent(
                e.eventId(),
                e.episodeId(),
                e.revision(),
                kind,
                e.transition(),
                e.severity(),
                e.cityId(),
                subject,
                e.startedAt(),
                e.at(),
                e.endedAt(),
                e.replaces(),
                e.replacedBy(),
                e.reason(),
                e.rule(),
                labels,
                e.summary(),
                at,
                e.evidence());
    }

    @Test
    void whatIsNotKnownIsSaidToBeNull() {
        ObjectNode document = document(ring.opened());
        assertThat(document.get("endedAt").isNull()).isTrue();
        assertThat(document.get("acknowledged").isNull()).isTrue();
        assertThat(document.get("assignedTo").isNull()).isTrue();
        assertThat(document.has("location")).as("nowhere in particular").isFalse();
        assertThat(document.path("startedAt").asText()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(document.path("withdrawn").asBoolean()).isFalse();
        assertThat(document.path("links").path("dashboard").asText()).isEqualTo("https://city.example/?alert=al-1");
    }

    @Test
    void whatIsKnownIsSaid() {
        CityEvent closed = ring.closed();
        CityEvent event = event(closed, closed.kind(), closed.subject(), closed.labels(), new GeoPoint(57.7, 12.5));
        ObjectNode document = document(event, new Acknowledgement("Ada", Events.EIGHT, "on my way"));

        assertThat(document.path("endedAt").asText()).isEqualTo("2026-11-23T08:35:00Z");
        assertThat(document.path("state").asText()).isEqualTo("resolved");
        assertThat(document.path("acknowledged").path("by").asText()).isEqualTo("Ada");
        assertThat(document.path("labels").path("team").asText()).isEqualTo("traffic-control");
        assertThat(document.path("location").path("longitude").asDouble()).isEqualTo(12.5);
    }

    @Test
    void aRuleWithoutLabelsHasNone() {
        CityEvent opened = ring.opened();
        ObjectNode document = document(event(opened, opened.kind(), opened.subject(), null, null));
        assertThat(document.get("labels")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CONGESTION, ROAD_SEGMENT, Ring Road 3, Moderate congestion on Ring Road 3",
        "CONGESTION, ROAD_SEGMENT, , Moderate congestion on ring-3",
        "CONGESTION, CORRIDOR, ' ', Moderate congestion on ring-3",
        "INCIDENT, CORRIDOR, Ring Road, Moderate traffic incident on Ring Road",
        "AIR_INDEX, STATION, Park, Moderate air pollution at Park",
        "AIR_EXCEEDANCE, STATION, Park, Moderate air pollution at Park: limit exceeded",
        "AIR_RAPID_RISE, STATION, Park, Moderate air pollution at Park: rapid rise",
        "THRESHOLD, ROAD_SEGMENT, Ring Road, Moderate threshold crossing on Ring Road",
        "THRESHOLD, CORRIDOR, Ring Road, Moderate threshold crossing on Ring Road",
        "THRESHOLD, DISTRICT, Old Town, Moderate threshold crossing in Old Town",
        "THRESHOLD, STATION, Park, Moderate threshold crossing at Park",
        "SENSOR_HEALTH, SENSOR, loop-1, Moderate sensor trouble at loop-1",
    })
    void theTitleSaysWhatHowBadAndWhere(RuleKind kind, SubjectType type, @Nullable String name, String title) {
        CityEvent event = event(ring.opened(), kind, new Subject(type, "ring-3", name), null, null);
        assertThat(document(event).path("title").asText()).isEqualTo(title);
    }
}
