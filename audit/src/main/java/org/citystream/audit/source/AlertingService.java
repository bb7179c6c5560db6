package org.citystream.audit.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citystream.audit.alert.Endpoint;
import org.citystream.audit.alert.KnownAlert;
import org.citystream.audit.alert.SentDelivery;
import org.citystream.audit.alert.SentDelivery.Told;
import org.citystream.audit.http.JsonOverHttp;
import org.jspecify.annotations.Nullable;

/** The alerting service's API, as far as the audit needs it. */
public final class AlertingService {
    private static final String PAGE = "limit=500";
    private static final String DEFAULT_ROUTES = "default";

    private final JsonOverHttp http;

    /** @param token a viewer's, or more; null: reading is open there */
    public AlertingService(String url, @Nullable String token) {
        this.http = new JsonOverHttp("the alerting service", url, token == null ? null : "Bearer " + token);
    }

    /** Every alert with its history, those of rules that are being tried out too. */
    public List<KnownAlert> alerts() throws InterruptedException {
        List<KnownAlert> alerts = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (String mode : List.of("", "mode=shadow&")) {
            for (JsonNode item : list("/api/v1/alerts?" + mode + PAGE)) {
                String id = item.path("alertId").asText();
                if (known.add(id)) {
                    alerts.add(alert(http.get("/api/v1/alerts/" + JsonOverHttp.encoded(id))));
                }
            }
        }
        return alerts;
    }

    private static KnownAlert alert(JsonNode alert) {
        List<KnownAlert.Change> changes = new ArrayList<>();
        for (JsonNode entry : alert.path("history")) {
            if (entry.hasNonNull("sequence")) {
                changes.add(new KnownAlert.Change(
                        entry.path("sequence").asInt(),
                        entry.path("type").asText(),
                        Instant.parse(entry.path("recordedAt").asText()),
                        entry.path("told").asBoolean()));
            }
        }
        return new KnownAlert(
                alert.path("alertId").asText(),
                alert.path("episodeId").asText(),
                alert.path("state").asText().equals("resolved"),
                changes);
    }

    public List<Endpoint> endpoints() throws InterruptedException {
        return list("/api/v1/webhooks?" + PAGE).stream()
                .map(webhook -> new Endpoint(
                        webhook.path("id").asText(),
                        webhook.path("url").asText(),
                        webhook.path("enabled").asBoolean(true),
                        webhook.path("types").isEmpty(),
                        Instant.parse(webhook.path("createdAt").asText())))
                .toList();
    }

    /** Every delivery to these webhooks. */
    public List<SentDelivery> deliveries(List<Endpoint> endpoints) throws InterruptedException {
        List<SentDelivery> deliveries = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            list("/api/v1/webhooks/" + JsonOverHttp.encoded(endpoint.id()) + "/deliveries?" + PAGE)
                    .forEach(delivery -> deliveries.add(delivery(delivery)));
        }
        return deliveries;
    }

    private static SentDelivery delivery(JsonNode delivery) {
        JsonNode body = delivery.path("request");
        Set<Told> tells = new HashSet<>();
        JsonNode data = body.path("data");
        for (JsonNode alert : data.has("alerts") ? data.path("alerts") : List.of(data)) {
            if (alert.has("alertId")) {
                tells.add(new Told(
                        alert.path("alertId").asText(), alert.path("sequence").asInt()));
            }
        }
        return new SentDelivery(
                delivery.path("id").asText(),
                delivery.path("webhookId").asText(),
                delivery.path("state").asText(),
                JsonContent.hash(body),
                tells,
                Instant.parse(delivery.path("createdAt").asText()),
                isBegunAnew(delivery.path("attempts")));
    }

    private static boolean isBegunAnew(JsonNode attempts) {
        int before = 0;
        for (JsonNode attempt : attempts) {
            int number = attempt.path("attempt").asInt();
            if (number <= before) {
                return true;
            }
            before = number;
        }
        return false;
    }

    /** Whether something may have been kept back on purpose: a silence, or routes of the user's own. */
    public boolean isQuiet() throws InterruptedException {
        boolean silenced = http.find("/api/v1/silences")
                .map(silences -> !silences.path("items").isEmpty())
                .orElse(false);
        boolean routed = http.find("/api/v1/routes")
                .map(routes -> !routes.path("hash").asText(DEFAULT_ROUTES).equals(DEFAULT_ROUTES))
                .orElse(false);
        return silenced || routed;
    }

    private List<JsonNode> list(String path) throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String page = path;
        while (true) {
            JsonNode answer = http.get(page);
            answer.path("items").forEach(items::add);
            if (!answer.hasNonNull("next")) {
                return items;
            }
            page = path + "&cursor=" + JsonOverHttp.encoded(answer.path("next").asText());
        }
    }
}
