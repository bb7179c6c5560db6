package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Endpoints;
import org.citystream.alerting.notify.Endpoints.LoggedDelivery;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.citystream.alerting.notify.webhook.WebhookSecret;
import org.citystream.alerting.notify.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/webhooks} and {@code /api/v1/deliveries}. */
final class WebhookRoutes {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String WEBHOOK = WEBHOOKS + "/{id}";
    private static final List<String> TYPES =
            Arrays.stream(ChangeType.values()).map(ChangeType::wireName).toList();

    private final Endpoints endpoints;
    private final WebhookUrl urls;
    private final Runnable wake;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param wake called when there is something new in the outbox */
    WebhookRoutes(Endpoints endpoints, WebhookUrl urls, Runnable wake, InstantSource clock) {
        this.endpoints = endpoints;
        this.urls = urls;
        this.wake = wake;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(WEBHOOKS, this::list);
        config.routes.post(WEBHOOKS, this::create);
        config.routes.get(WEBHOOK, context -> Answers.json(context, 200, WebhookDocument.of(found(context))));
        config.routes.patch(WEBHOOK, this::change);
        config.routes.delete(WEBHOOK, this::delete);
        config.routes.post(WEBHOOK + "/test", this::test);
        config.routes.get(WEBHOOK + "/deliveries", this::deliveries);
        config.routes.post(WEBHOOK + "/redeliver", this::redeliverSince);
        config.routes.get("/api/v1/deliveries/{id}", this::delivery);
        config.routes.post("/api/v1/deliveries/{id}/redeliver", this::redeliver);
    }

    private void list(Context context) {
        Answers.json(
                context,
                200,
                Answers.whole(endpoints.list().stream().map(WebhookDocument::of).toList()));
    }

    private void create(Context context) {
        Body body = Body.of(context);
        Endpoint endpoint = Endpoint.registered(
                "wh_" + randomHex(),
                url(body.text("url")),
                types(body),
                body.texts("receivers"),
                body.optionalText("description"),
                secret(body.optionalText("secret")),
                clock.instant());
        endpoints.add(endpoint, endpoint.createdAt());
        wake.run();
        ObjectNode document = WebhookDocument.of(endpoint);
        // The only time that it is shown.
        document.put("secret", endpoint.secret());
        context.header("Location", WEBHOOKS + "/" + endpoint.id());
        Answers.json(context, 201, document);
    }

    private void change(Context context) {
        Endpoint old = found(context);
        Body body = Body.of(context);
        Boolean flag = body.optionalFlag("enabled");
        boolean enabled = flag == null ? old.enabled() : flag;
        String newUrl = body.optionalText("url");
        endpoints.update(new Endpoint(
                old.id(),
                newUrl == null ? old.url() : url(newUrl),
                body.has("types") ? types(body) : old.types(),
                body.has("receivers") ? body.texts("receivers") : old.receivers(),
                body.has("description") ? body.optionalText("description") : old.description(),
                old.secret(),
                enabled,
                disabledReason(old, enabled),
                old.createdAt(),
                old.consecutiveFailures(),
                old.failingSince(),
                old.blockedUntil()));
        wake.run();
        Answers.json(context, 200, WebhookDocument.of(found(context)));
    }

    private static @Nullable String disabledReason(Endpoint old, boolean enabled) {
        if (enabled) {
            return null;
        }
        return old.enabled() ? "disabled by an administrator" : old.disabledReason();
    }

    private void delete(Context context) {
        String id = context.pathParam("id");
        if (!endpoints.remove(id)) {
            throw ProblemException.notFound("webhook", id);
        }
        context.status(204);
    }

    private void test(Context context) {
        Endpoint endpoint = enabled(context);
        Instant now = clock.instant();
        String webhookId = endpoints.enqueueTest(endpoint, WebhookMessages.test(endpoint.id(), now), now);
        wake.run();
        Answers.json(context, 202, WebhookDocument.of(delivery(webhookId)));
    }

    private void deliveries(Context context) {
        Endpoint endpoint = found(context);
        Parameters parameters = Parameters.of(context, Set.of("limit", "cursor"));
        Cursor cursor = parameters.cursor();
        int limit = parameters.limit();
        Answers.page(
                context,
                endpoints.deliveries(
                        endpoint.id(),
                        cursor == null ? null : new Endpoints.Position(cursor.at(), cursor.id()),
                        limit + 1),
                limit,
                WebhookDocument::of,
                delivery -> new Cursor(delivery.createdAt(), delivery.webhookId()));
    }

    private void delivery(Context context) {
        Answers.json(context, 200, WebhookDocument.of(delivery(context.pathParam("id"))));
    }

    private void redeliver(Context context) {
        LoggedDelivery delivery = delivery(context.pathParam("id"));
        if (endpoints.find(delivery.endpointId()).filter(Endpoint::enabled).isEmpty()) {
            throw new ProblemException(409, "the webhook is disabled; enable it first");
        }
        endpoints.redeliver(delivery.webhookId(), clock.instant());
        wake.run();
        Answers.json(context, 202, WebhookDocument.of(delivery(delivery.webhookId())));
    }

    private void redeliverSince(Context context) {
        Endpoint endpoint = enabled(context);
        Instant since = Parameters.of(context, Set.of("since")).time("since");
        if (since == null) {
            throw new ProblemException(400, "since: is required, a UTC time such as 2026-11-23T08:15:30Z");
        }
        int count = endpoints.redeliverSince(endpoint, since, clock.instant());
        wake.run();
        Answers.json(context, 202, JsonNodeFactory.instance.objectNode().put("redelivered", count));
    }

    private Endpoint enabled(Context context) {
        Endpoint endpoint = found(context);
        if (!endpoint.enabled()) {
            throw new ProblemException(
                    409, "the webhook is disabled (" + endpoint.disabledReason() + "); enable it first");
        }
        return endpoint;
    }

    private Endpoint found(Context context) {
        String id = context.pathParam("id");
        return endpoints.find(id).orElseThrow(() -> ProblemException.notFound("webhook", id));
    }

    private LoggedDelivery delivery(String id) {
        return endpoints.delivery(id).orElseThrow(() -> ProblemException.notFound("delivery", id));
    }

    private String url(String url) {
        urls.problem(url).ifPresent(problem -> {
            throw ProblemException.invalid("url", problem);
        });
        return url;
    }

    private static List<String> types(Body body) {
        List<String> types = body.texts("types");
        types.stream().filter(type -> !TYPES.contains(type)).findFirst().ifPresent(type -> {
            throw ProblemException.invalid("types", "'" + type + "' is not one of " + String.join(", ", TYPES));
        });
        return types;
    }

    private String secret(@Nullable String given) {
        if (given == null) {
            return WebhookSecret.generate(random);
        }
        try {
            WebhookSecret.key(given);
            return given;
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("secret", String.valueOf(e.getMessage()));
        }
    }

    private String randomHex() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
