package org.citystream.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;

/** Stands for the alerting service: lists what it was given, in the shape of its contract. */
public final class FakeAlerting implements AutoCloseable {
    private final List<CityEvent> events = new CopyOnWriteArrayList<>();
    private final Javalin server;

    private FakeAlerting() {
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/api/v1/alerts", this::list);
            config.routes.get("/api/v1/alerts/{id}", this::one);
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
        events.forEach(event -> items.add(document(event)));
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
                            document.putArray("history")
                                    .addObject()
                                    .put("sequence", 1)
                                    .put("type", "alert.opened")
                                    .put("severity", event.severity().wireName())
                                    .put("at", event.at().toString());
                            context.contentType("application/json").result(JsonCodec.write(document));
                        },
                        () -> context.status(404)
                                .contentType("application/problem+json")
                                .result("{\"title\":\"There is no such alert\",\"status\":404}"));
    }

    static String alertId(CityEvent event) {
        return "al-" + event.episodeId();
    }

    private static ObjectNode document(CityEvent event) {
        ObjectNode document = JsonCodec.internal().valueToTree(event);
        document.remove(List.of("evidence", "eventId", "transition", "at", "revision"));
        document.put("alertId", alertId(event));
        document.put("state", "firing");
        document.put("title", title(event));
        document.put("updatedAt", event.at().toString());
        document.putNull("acknowledged");
        return document;
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
