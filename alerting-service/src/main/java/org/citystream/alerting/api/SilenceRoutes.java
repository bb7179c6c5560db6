package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.citystream.alerting.label.Matcher;
import org.citystream.alerting.silence.Silence;
import org.citystream.alerting.silence.Silences;

/** {@code /api/v1/silences}. */
final class SilenceRoutes {
    private static final String SILENCES = "/api/v1/silences";
    private static final String SILENCE = SILENCES + "/{id}";

    private final Silences silences;
    private final Changes changes;
    private final Supplier<Instant> cityClock;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param cityClock what the deployment calls now: silences hold by event time
     * @param clock wall clock
     */
    SilenceRoutes(Silences silences, Changes changes, Supplier<Instant> cityClock, InstantSource clock) {
        this.silences = silences;
        this.changes = changes;
        this.cityClock = cityClock;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(SILENCES, this::list);
        config.routes.get(SILENCE, this::show);
        config.routes.post(SILENCES, changes.of("silence.create", this::create), Needs.OPERATOR);
        config.routes.delete(SILENCE, changes.of("silence.remove", this::remove), Needs.OPERATOR);
    }

    private void list(Context context) {
        Instant now = cityClock.get();
        Answers.json(
                context,
                200,
                Answers.whole(
                        silences.list().stream().map(s -> document(s, now)).toList()));
    }

    private void show(Context context) {
        String id = context.pathParam("id");
        Silence silence = silences.find(id).orElseThrow(() -> ProblemException.notFound("silence", id));
        Answers.json(context, 200, document(silence, cityClock.get()));
    }

    private void create(Context context) {
        Body body = Body.of(context);
        Silence silence = silence(context, body);
        silences.add(silence);
        context.header("Location", SILENCES + "/" + silence.id());
        Answers.json(context, 201, document(silence, cityClock.get()));
    }

    private Silence silence(Context context, Body body) {
        try {
            return new Silence(
                    NewId.of("sil", random),
                    matchers(body),
                    body.texts("sensors"),
                    body.texts("corridors"),
                    body.ring("polygon"),
                    Objects.requireNonNullElseGet(body.time("startsAt"), cityClock),
                    body.requiredTime("endsAt"),
                    Objects.requireNonNullElseGet(
                            body.optionalText("createdBy"),
                            () -> Authentication.of(context).name()),
                    body.text("comment"),
                    clock.instant());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("", String.valueOf(e.getMessage()));
        }
    }

    private static List<Matcher> matchers(Body body) {
        List<Matcher> matchers = new ArrayList<>();
        List<String> texts = body.texts("matchers");
        for (int i = 0; i < texts.size(); i++) {
            try {
                matchers.add(Matcher.parse(texts.get(i)));
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid("matchers[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return matchers;
    }

    private void remove(Context context) {
        String id = context.pathParam("id");
        if (!silences.remove(id, clock.instant())) {
            throw ProblemException.notFound("silence", id);
        }
        context.status(204);
    }

    /** @param now by the city's clock */
    private static ObjectNode document(Silence silence, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", silence.id());
        node.put("state", state(silence, now));
        ArrayNode matchers = node.putArray("matchers");
        silence.matchers().forEach(matcher -> matchers.add(matcher.toString()));
        silence.sensors().forEach(node.putArray("sensors")::add);
        silence.corridors().forEach(node.putArray("corridors")::add);
        ArrayNode polygon = node.putArray("polygon");
        silence.polygon().forEach(corner -> corner.forEach(polygon.addArray()::add));
        node.put("startsAt", silence.startsAt().toString());
        node.put("endsAt", silence.endsAt().toString());
        node.put("createdBy", silence.createdBy());
        node.put("comment", silence.comment());
        node.put("createdAt", silence.createdAt().toString());
        return node;
    }

    private static String state(Silence silence, Instant now) {
        if (silence.holdsAt(now)) {
            return "active";
        }
        return now.isBefore(silence.startsAt()) ? "pending" : "expired";
    }
}
