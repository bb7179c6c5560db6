package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.notify.Channels;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Endpoints;
import org.citystream.alerting.notify.Endpoints.LoggedDelivery;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.Messages;
import org.citystream.alerting.notify.Secrets;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.citystream.alerting.notify.webhook.WebhookSecret;
import org.citystream.model.wire.WireName;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/webhooks} and {@code /api/v1/deliveries}. */
final class WebhookRoutes {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String WEBHOOK = WEBHOOKS + "/{id}";
    private static final String DELIVERY = "/api/v1/deliveries/{id}";
    private static final List<String> TYPES = Stream.concat(
                    Arrays.stream(ChangeType.values()).map(ChangeType::wireName),
                    Stream.of(Messages.GROUP_TYPE, Messages.TEST_TYPE, Messages.DISABLED_TYPE))
            .toList();
    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final int MOST_PREVIOUS = 5;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final String MAILTO = "mailto:";

    private final Endpoints endpoints;
    private final Channels channels;
    private final WebhookDocument documents;
    private final Changes changes;
    private final Runnable wake;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param wake called when there is something new in the outbox */
    WebhookRoutes(Endpoints endpoints, Channels channels, Changes changes, Runnable wake, InstantSource clock) {
        this.endpoints = endpoints;
        this.changes = changes;
        this.channels = channels;
        this.documents = new WebhookDocument(channels);
        this.wake = wake;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(WEBHOOKS, this::list);
        config.routes.post(WEBHOOKS, changes.of("webhook.create", this::create), Needs.ADMIN);
        config.routes.get(WEBHOOK, context -> Answers.json(context, 200, document(context, found(context))));
        config.routes.patch(WEBHOOK, changes.of("webhook.change", this::change), Needs.ADMIN);
        config.routes.delete(WEBHOOK, changes.of("webhook.remove", this::delete), Needs.ADMIN);
        config.routes.post(WEBHOOK + "/rotate", changes.of("webhook.rotate", this::rotate), Needs.ADMIN);
        config.routes.post(WEBHOOK + "/test", changes.of("webhook.test", this::test), Needs.OPERATOR);
        config.routes.get(WEBHOOK + "/deliveries", this::deliveries);
        config.routes.post(
                WEBHOOK + "/redeliver", changes.of("webhook.redeliver", this::redeliverSince), Needs.OPERATOR);
        config.routes.get(DELIVERY, this::delivery);
        config.routes.post(DELIVERY + "/redeliver", changes.of("delivery.redeliver", this::redeliver), Needs.OPERATOR);
    }

    private void list(Context context) {
        Answers.json(
                context,
                200,
                Answers.whole(endpoints.list().stream()
                        .map(endpoint -> document(context, endpoint))
                        .toList()));
    }

    private void create(Context context) {
        Body body = Body.of(context);
        String url = body.text("url");
        Format format = format(body, url);
        Endpoint endpoint = Endpoint.registered(
                NewId.of("wh", random),
                usable(format, url),
                format,
                types(body),
                body.texts("receivers"),
                body.optionalText("description"),
                secret(body.optionalText("secret")),
                clock.instant());
        endpoints.add(endpoint, endpoint.createdAt());
        wake.run();
        ObjectNode document = document(context, endpoint);
        // The only time that it is shown.
        document.put("secret", endpoint.secrets().current());
        context.header("Location", WEBHOOKS + "/" + endpoint.id());
        Answers.json(context, 201, document);
    }

    private void change(Context context) {
        Body body = Body.of(context);
        Endpoint changed = changed(context, old -> changed(old, body));
        wake.run();
        Answers.json(context, 200, document(context, changed));
    }

    /** As it stands when it is changed: others may be at it, and its failures go on. */
    private Endpoint changed(Context context, UnaryOperator<Endpoint> change) {
        String id = context.pathParam("id");
        return endpoints.change(id, change).orElseThrow(() -> ProblemException.notFound("webhook", id));
    }

    private Endpoint changed(Endpoint old, Body body) {
        Boolean flag = body.optionalFlag("enabled");
        boolean enabled = flag == null ? old.enabled() : flag;
        String newUrl = body.optionalText("url");
        return new Endpoint(
                old.id(),
                newUrl == null ? old.url() : usable(old.format(), newUrl),
                old.format(),
                body.has("types") ? types(body) : old.types(),
                body.has("receivers") ? body.texts("receivers") : old.receivers(),
                body.has("description") ? body.optionalText("description") : old.description(),
                old.secrets(),
                enabled,
                disabledReason(old, enabled),
                old.createdAt(),
                old.failures());
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
        Endpoint endpoint = enabled(found(context));
        Instant now = clock.instant();
        String webhookId = endpoints.enqueueTest(endpoint, WebhookMessages.test(endpoint.id(), now), now);
        wake.run();
        Answers.json(context, 202, document(context, delivery(webhookId), endpoint));
    }

    /** The old secret signs along for a while: whoever receives can change over without refusing a message. */
    private void rotate(Context context) {
        Body body = Body.of(context);
        Duration overlap = overlap(body.optionalText("overlap"));
        String next = secret(body.optionalText("secret"));
        Endpoint rotated = changed(context, old -> old.withSecrets(rotated(old.secrets(), next, overlap)));
        ObjectNode document = document(context, rotated);
        document.put("secret", next);
        Answers.json(context, 200, document);
    }

    private Secrets rotated(Secrets old, String next, Duration overlap) {
        Secrets rotated = old.rotatedTo(next, clock.instant(), overlap);
        if (rotated.previous().size() > MOST_PREVIOUS) {
            throw new ProblemException(
                    409,
                    MOST_PREVIOUS + " secrets before it sign along, until " + old.previousUntil()
                            + " at the latest; wait, or end them all with the overlap PT0S");
        }
        return rotated;
    }

    private static Duration overlap(@Nullable String text) {
        try {
            Duration overlap = text == null ? OVERLAP : Duration.parse(text);
            if (!overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0) {
                return overlap;
            }
        } catch (DateTimeException e) {
            throw ProblemException.invalid("overlap", "must be a duration such as PT24H");
        }
        throw ProblemException.invalid("overlap", "must be " + Duration.ZERO + " to " + LONGEST_OVERLAP);
    }

    private void deliveries(Context context) {
        Endpoint endpoint = found(context);
        Parameters parameters = Parameters.of(context, Set.of("alert", "limit", "cursor"));
        Cursor cursor = parameters.cursor();
        int limit = parameters.limit();
        Answers.page(
                context,
                endpoints.deliveries(
                        endpoint.id(),
                        parameters.text("alert"),
                        cursor == null ? null : new Endpoints.Position(cursor.at(), cursor.id()),
                        limit + 1),
                limit,
                delivery -> document(context, delivery, endpoint),
                delivery -> new Cursor(delivery.createdAt(), delivery.webhookId()));
    }

    private void delivery(Context context) {
        LoggedDelivery delivery = delivery(context.pathParam("id"));
        Answers.json(context, 200, document(context, delivery, endpoint(delivery.endpointId())));
    }

    private void redeliver(Context context) {
        LoggedDelivery delivery = delivery(context.pathParam("id"));
        Endpoint endpoint = enabled(endpoint(delivery.endpointId()));
        endpoints.redeliver(delivery.webhookId(), clock.instant());
        wake.run();
        Answers.json(context, 202, document(context, delivery(delivery.webhookId()), endpoint));
    }

    private void redeliverSince(Context context) {
        Endpoint endpoint = enabled(found(context));
        Parameters parameters = Parameters.of(context, Set.of("since", "delivered"));
        Instant since = parameters.time("since");
        if (since == null) {
            throw new ProblemException(400, "since: is required, a UTC time such as 2026-11-23T08:15:30Z");
        }
        int count = endpoints.redeliverSince(endpoint, since, parameters.flag("delivered"), clock.instant());
        wake.run();
        Answers.json(context, 202, JsonNodeFactory.instance.objectNode().put("redelivered", count));
    }

    private ObjectNode document(Context context, Endpoint endpoint) {
        return documents.of(endpoint, Authentication.isKnown(context));
    }

    private ObjectNode document(Context context, LoggedDelivery delivery, Endpoint endpoint) {
        return documents.of(delivery, endpoint, Authentication.isKnown(context));
    }

    private static Endpoint enabled(Endpoint endpoint) {
        if (!endpoint.enabled()) {
            throw new ProblemException(
                    409, "the webhook is disabled (" + endpoint.disabledReason() + "); enable it first");
        }
        return endpoint;
    }

    private Endpoint found(Context context) {
        return endpoint(context.pathParam("id"));
    }

    private Endpoint endpoint(String id) {
        return endpoints.find(id).orElseThrow(() -> ProblemException.notFound("webhook", id));
    }

    private LoggedDelivery delivery(String id) {
        return endpoints.delivery(id).orElseThrow(() -> ProblemException.notFound("delivery", id));
    }

    private static Format format(Body body, String url) {
        String text = body.optionalText("format");
        boolean mail = url.startsWith(MAILTO);
        if (text == null) {
            return mail ? Format.EMAIL : Format.CITYSTREAM;
        }
        try {
            Format format = WireName.parse(Format.class, text);
            if (mail == (format == Format.EMAIL)) {
                return format;
            }
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("format", String.valueOf(e.getMessage()));
        }
        throw ProblemException.invalid("format", "email goes with a mailto: address, the others with https");
    }

    private String usable(Format format, String url) {
        channels.problem(format, url).ifPresent(problem -> {
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
}
