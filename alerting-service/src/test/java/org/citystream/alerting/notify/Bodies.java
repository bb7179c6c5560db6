package org.citystream.alerting.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertId;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.group.Flush;
import org.citystream.alerting.group.Group;
import org.citystream.alerting.group.Member;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.citystream.alerting.place.Place;
import org.citystream.alerting.route.Grouping;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Messages of every type, written by the product. */
public final class Bodies {
    private static final WebhookMessages MESSAGES = new WebhookMessages(
            new AlertLinks("https://city.example", "https://alerts.example"), subject -> Place.UNKNOWN);

    private static final Grouping GROUPING = new Grouping(
            List.of("severity"), false, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4));

    private Bodies() {}

    public static Endpoint endpoint(String url, Format format) {
        return Endpoint.registered("wh_1", url, format, List.of(), List.of(), null, "whsec_x", Instant.EPOCH);
    }

    public static JsonNode change(ChangeType type, CityEvent event, @Nullable CityEvent before) {
        Acknowledgement acknowledgement =
                type == ChangeType.ACKNOWLEDGED ? new Acknowledgement("Ada", Events.EIGHT, "on my way") : null;
        Alert alert = new Alert(AlertId.ofEpisode(event.episodeId()), event, null, 2, true, acknowledgement, null);
        return tree(MESSAGES.change(alert, new AlertChange(type, 2, before, true, event.at())));
    }

    /** A group of what the events opened, or ended. */
    public static JsonNode group(List<CityEvent> events) {
        List<Member> members = events.stream()
                .map(event -> {
                    Alert alert = new Alert(AlertId.ofEpisode(event.episodeId()), event, null, 1, true, null, null);
                    return event.endedAt() == null
                            ? new Member(alert, ChangeType.OPENED, 1, 0, null)
                            : new Member(alert, ChangeType.RESOLVED, 2, 1, null);
                })
                .toList();
        SortedMap<String, String> labels = new TreeMap<>(Map.of("severity", "moderate"));
        Group group = Group.of("root", "operators", labels);
        Flush flush = Flush.of(GROUPING, null, members, Events.EIGHT);
        return tree(MESSAGES.group(group.spoken(Events.EIGHT, Events.EIGHT), flush, Events.EIGHT));
    }

    public static JsonNode test() {
        return tree(WebhookMessages.test("wh_1", Events.EIGHT));
    }

    public static JsonNode disabled() {
        return tree(
                WebhookMessages.disabled(endpoint("https://example.org", Format.CITYSTREAM), "410 Gone", Events.EIGHT));
    }

    private static JsonNode tree(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
