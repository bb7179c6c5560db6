package org.citystream.dashboard.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
            List.of("state", "severity", "kind", "subject", "from", "to", "mode", "cursor", "limit");

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
                .timeout(PATIENCE)
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

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Problem(502, "The alerting service cannot be reached", "no answer from " + alerting);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the dashboard is stopping");
        }
    }
}
