package org.citystream.dashboard.api;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads alerts from the alerting service on behalf of the page, so that a browser talks to one origin. Only reading, and
 * only the parameters the contract names.
 */
final class AlertsProxy {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> PARAMETERS =
            List.of("state", "severity", "kind", "city", "subject", "from", "to", "mode", "cursor", "limit");

    private final URI alerting;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    AlertsProxy(URI alerting) {
        this.alerting = alerting;
    }

    void list(Context context) {
        StringBuilder query = new StringBuilder();
        for (String name : PARAMETERS) {
            for (String value : context.queryParams(name)) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        forward(context, "/api/v1/alerts" + query);
    }

    void one(Context context) {
        String id = context.pathParam("id");
        if (!ID.matcher(id).matches()) {
            throw Problem.notFound("no alert has such an id");
        }
        forward(context, "/api/v1/alerts/" + id);
    }

    private void forward(Context context, String pathAndQuery) {
        HttpRequest request = HttpRequest.newBuilder(alerting.resolve(pathAndQuery))
                .header("Accept", "application/json")
                .build();
        HttpResponse<byte[]> response = send(request);
        @Nullable String type = response.headers().firstValue("Content-Type").orElse(null);
        boolean json = type != null && (type.startsWith("application/json") || type.contains("+json"));
        if (!json || response.statusCode() >= 500) {
            throw new Problem(
                    502, "The alerting service failed", "the alerting service answered " + response.statusCode());
        }
        context.status(response.statusCode()).contentType(type).result(response.body());
    }

    /** The request's own timeout ends with the answer's first line; this one holds for all of it. */
    private HttpResponse<byte[]> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Problem(502, "The alerting service cannot be reached", "no answer from " + alerting);
        } catch (TimeoutException e) {
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
