package org.citystream.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Stands for the alerting service: lists what it was given, in the shape of its contract. */
public final class FakeAlerting implements AutoCloseable {
    /** What operators must show. */
    public static final String TOKEN = "operator-token";

    private final List<CityEvent> events = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> silences = new CopyOnWriteArrayList<>();
    private final Map<String, List<ObjectNode>> acts = new ConcurrentHashMap<>();
    private final Javalin server;

    private FakeAlerting() {
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/api/v1/alerts", this::list);
            config.routes.get("/api/v1/alerts/{id}", this::one);
            config.routes.post("/api/v1/alerts/{id}/acknowledge", context -> act(context, "alert.acknowledged"));
            config.routes.post("/api/v1/alerts/{id}/comment", context -> act(context, "comment"));
            config.routes.get("/api/v1/rules", context -> items(context, List.of(rule())));
            config.routes.get("/api/v1/silences", context -> items(context, silences));
            config.routes.post("/api/v1/silences", this::silence);
            config.routes.delete("/api/v1/silences/{id}", this::endSilence);
            config.routes.get("/api/v1/webhooks", context -> items(context, List.of(webhook())));
            config.routes.get("/api/v1/webhooks/{id}/deliveries", context -> items(context, deliveries(context)));
        });
    }

    public static FakeAlerting start() {
        FakeAlerting alerting = new FakeAlerting();
        alerting.server.start("127.0.0.1", 0);
        return alerting;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    public void add(CityEvent event) {
        events.add(event);
    }

    private void list(Context context) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        Instant from = instant(context, "from");
        Instant to = instant(context, "to");
        String states = String.valueOf(context.queryParam("state"));
        events.stream()
                .filter(event -> from == null
                        || event.endedAt() == null
                        || event.endedAt().isAfter(from))
                .filter(event -> to == null || event.startedAt().isBefore(to))
                .filter(event -> states.equals("null") || states.contains(state(event)))
                .forEach(event -> items.add(document(event)));
        body.putNull("next");
        context.contentType("application/json").result(JsonCodec.write(body));
    }

    private void one(Context context) {
        events.stream()
                .filter(event -> alertId(event).equals(context.pathParam("id")))
                .findFirst()
                .ifPresentOrElse(
                        event -> {
                            ObjectNode document = document(event);
                            document.set("evidence", event.evidence());
                            ArrayNode history = document.putArray("history");
                            history.addObject()
                                    .put("sequence", 1)
                                    .put("type", "alert.opened")
                                    .put("severity", event.severity().wireName())
                                    .put(
                                            "at",
                                            event.startedAt().plusSeconds(180).toString());
                            acts(alertId(event)).forEach(history::add);
                            context.contentType("application/json").result(JsonCodec.write(document));
                        },
                        () -> context.status(404)
                                .contentType("application/problem+json")
                                .result("{\"title\":\"There is no such alert\",\"status\":404}"));
    }

    static String alertId(CityEvent event) {
        return "al-" + event.episodeId();
    }

    private ObjectNode document(CityEvent event) {
        ObjectNode document = JsonCodec.internal().valueToTree(event);
        document.remove(List.of("evidence", "eventId", "transition", "at", "revision"));
        document.put("alertId", alertId(event));
        document.put("state", state(event));
        document.put("title", title(event));
        document.put("updatedAt", event.at().toString());
        acts(alertId(event)).stream()
                .filter(act -> act.path("type").asText().equals("alert.acknowledged"))
                .findFirst()
                .ifPresentOrElse(act -> document.set("acknowledged", act), () -> document.putNull("acknowledged"));
        return document;
    }

    private static String state(CityEvent event) {
        return event.endedAt() == null ? "firing" : "resolved";
    }

    private List<ObjectNode> acts(String alertId) {
        return acts.computeIfAbsent(alertId, id -> new CopyOnWriteArrayList<>());
    }

    private static @Nullable Instant instant(Context context, String name) {
        String value = context.queryParam(name);
        return value == null ? null : Instant.parse(value);
    }

    private static boolean isOperator(Context context) {
        if (("Bearer " + TOKEN).equals(context.header("Authorization"))) {
            return true;
        }
        context.status(401)
                .contentType("application/problem+json")
                .result("{\"title\":\"Not known\",\"detail\":\"this needs a token that is known\",\"status\":401}");
        return false;
    }

    private void act(Context context, String type) {
        if (!isOperator(context)) {
            return;
        }
        JsonNode body = JsonCodec.read(context.bodyAsBytes(), JsonNode.class);
        acts(context.pathParam("id"))
                .add(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", type)
                        .put("by", "operator")
                        .put("comment", body.path("comment").asText(null))
                        .put("at", "2026-11-23T07:31:00Z"));
        one(context);
    }

    private void silence(Context context) {
        if (isOperator(context)) {
            ObjectNode silence = JsonCodec.read(context.bodyAsBytes(), ObjectNode.class);
            silence.put("id", "sil-" + silences.size())
                    .put("state", "active")
                    .put("createdBy", "operator")
                    .put("startsAt", "2026-11-23T07:30:00Z");
            silences.add(silence);
            context.status(201).contentType("application/json").result(JsonCodec.write(silence));
        }
    }

    private void endSilence(Context context) {
        if (isOperator(context)) {
            silences.removeIf(silence -> silence.path("id").asText().equals(context.pathParam("id")));
            context.status(204);
        }
    }

    private static ObjectNode rule() {
        ObjectNode rule = JsonNodeFactory.instance
                .objectNode()
                .put("id", "segment-congestion")
                .put("kind", "congestion")
                .put("mode", "active");
        rule.putObject("enter").put("speed-ratio-below", 0.5);
        return rule;
    }

    private static ObjectNode webhook() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "wh-1")
                .put("url", "https://control-room.example/hooks")
                .put("format", "citystream")
                .put("enabled", true)
                .put("consecutiveFailures", 0);
    }

    private static List<ObjectNode> deliveries(Context context) {
        ObjectNode delivery = JsonNodeFactory.instance
                .objectNode()
                .put("id", "msg-1")
                .put("webhookId", "wh-1")
                .put("type", "alert.opened")
                .put("alertId", "al-" + SampleCity.EPISODE)
                .put("state", "delivered")
                .put("createdAt", "2026-11-23T07:15:01Z")
                .put("completedAt", "2026-11-23T07:15:02Z");
        delivery.putArray("attempts")
                .addObject()
                .put("attempt", 1)
                .put("status", 200)
                .put("latencyMs", 41);
        String alert = context.queryParam("alert");
        return alert == null || alert.equals(delivery.path("alertId").asText()) ? List.of(delivery) : List.of();
    }

    private static void items(Context context, List<ObjectNode> found) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("items").addAll(found);
        body.putNull("next");
        context.contentType("application/json").result(JsonCodec.write(body));
    }

    private static String title(CityEvent event) {
        String severity = event.severity() == Severity.SEVERE
                ? "Severe"
                : event.severity() == Severity.MINOR ? "Minor" : "Moderate";
        String name = event.subject().name();
        return switch (event.kind()) {
            case CONGESTION -> severity + " congestion on " + name;
            case AIR_INDEX -> severity + " air pollution at " + name;
            default -> severity + " sensor trouble at " + name;
        };
    }

    @Override
    public void close() {
        server.stop();
    }
}
