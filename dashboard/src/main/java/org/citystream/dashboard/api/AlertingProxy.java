package org.citystream.dashboard.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the alerting service on behalf of the page, so that a browser talks to one origin: what the page shows of
 * alerts, silences and deliveries, and what an operator does about them. Passes the operator's token on and keeps it
 * nowhere; who may do what is the alerting service's to say.
 */
final class AlertingProxy {
    private static final String ALERTS = "/api/v1/alerts";
    private static final String SILENCES = "/api/v1/silences";
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String AUTHORIZATION = "Authorization";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final List<String> PARAMETERS =
            List.of("state", "severity", "kind", "city", "subject", "alert", "from", "to", "mode", "cursor", "limit");

    private final String alerting;
    private final SharedAnswers shared = new SharedAnswers();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param alerting base address, which may have a path */
    AlertingProxy(URI alerting) {
        this.alerting = alerting.toString().replaceFirst("/+$", "");
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ALERTS, this::read);
        config.routes.get(ALERTS + "/{id}", this::read);
        config.routes.get("/api/v1/rules", this::read);
        config.routes.get(SILENCES, this::read);
        config.routes.get(WEBHOOKS, this::read);
        config.routes.get(WEBHOOKS + "/{id}/deliveries", this::read);
        config.routes.post(ALERTS + "/{id}/acknowledge", this::change);
        config.routes.post(ALERTS + "/{id}/comment", this::change);
        config.routes.post(SILENCES, this::change);
        config.routes.delete(SILENCES + "/{id}", this::change);
    }

    private void read(Context context) {
        HttpRequest request =
                request(context, HttpRequest.newBuilder(target(context)).GET());
        // What one may read another may not.
        String question = request.uri() + " " + context.header(AUTHORIZATION);
        pass(await(shared.to(question, () -> send(request))), context);
    }

    private void change(Context context) {
        SameOrigin.require(context);
        if (context.contentLength() > MAX_BODY_BYTES) {
            throw new Problem(413, "The request is too large", "at most " + MAX_BODY_BYTES + " bytes are taken");
        }
        byte[] body = context.bodyAsBytes();
        HttpRequest.Builder builder = HttpRequest.newBuilder(target(context))
                .method(context.method().name(), HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json");
        try {
            pass(await(send(request(context, builder))), context);
        } finally {
            shared.clear();
        }
    }

    private URI target(Context context) {
        if (context.pathParamMap().containsKey("id")
                && !ID.matcher(context.pathParam("id")).matches()) {
            throw Problem.notFound("nothing has such an id");
        }
        StringBuilder query = new StringBuilder();
        for (String name : PARAMETERS) {
            for (String value : context.queryParams(name)) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return URI.create(alerting + context.path() + query);
    }

    private static HttpRequest request(Context context, HttpRequest.Builder builder) {
        builder.header("Accept", "application/json");
        String token = context.header(AUTHORIZATION);
        if (token != null) {
            builder.header(AUTHORIZATION, token);
        }
        return builder.build();
    }

    private static void pass(HttpResponse<byte[]> response, Context context) {
        if (response.statusCode() == 204) {
            context.status(204);
            return;
        }
        @Nullable String type = response.headers().firstValue("Content-Type").orElse(null);
        boolean json = type != null && (type.startsWith("application/json") || type.contains("+json"));
        if (!json || response.statusCode() >= 500) {
            throw new Problem(
                    502, "The alerting service failed", "the alerting service answered " + response.statusCode());
        }
        context.status(response.statusCode()).contentType(type).result(response.body());
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A request's own timeout ends with the answer's first line; this one holds for all of it. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Problem(502, "The alerting service cannot be reached", "no answer from " + alerting);
        } catch (TimeoutException | CancellationException e) {
            answer.cancel(true);
            throw new Problem(
                    504, "The alerting service is too slow", "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the dashboard is stopping");
        }
    }
}
