package org.citystream.stack.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;

/** Calls the alerting service, with a bearer token; an empty one is not sent. Problem documents become {@link CityFailure}s. */
public final class AlertingClient {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String url;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public AlertingClient(String url, String token) {
        this.url = url;
        this.token = token;
    }

    public JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    /** Posts a JSON document; an empty one if there is nothing to say. */
    public JsonNode post(String path, JsonNode body) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonCodec.write(body))));
    }

    public JsonNode patch(String path, JsonNode body) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofByteArray(JsonCodec.write(body))));
    }

    public void delete(String path) throws InterruptedException {
        send(request(path).DELETE());
    }

    /** Puts a document as it is. */
    public JsonNode put(String path, String contentType, String body) throws InterruptedException {
        return send(request(path).header("Content-Type", contentType).PUT(BodyPublishers.ofString(body)));
    }

    /** All items of a list, page by page, up to {@code limit}. */
    public List<JsonNode> list(String path, int limit) throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String page = path;
        while (true) {
            JsonNode answer = get(page);
            answer.path("items").forEach(items::add);
            String next = answer.path("next").asText("");
            if (items.size() >= limit || next.isEmpty() || answer.path("next").isNull()) {
                return items.subList(0, Math.min(limit, items.size()));
            }
            page = path + (path.contains("?") ? "&" : "?") + "cursor="
                    + java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).header("Accept", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder builder) throws InterruptedException {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode body = response.body().isBlank()
                    ? MissingNode.getInstance()
                    : JsonCodec.internal().readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new CityFailure(
                        "the alerting service refused: " + problem(response.statusCode(), body), remedy(response));
            }
            return body;
        } catch (IOException e) {
            throw new CityFailure(
                    "the alerting service at " + url + " does not answer: " + Reason.of(e),
                    "look at ./city status and ./city logs alerting",
                    e);
        }
    }

    /** RFC 9457. */
    private static String problem(int status, JsonNode body) {
        StringBuilder text = new StringBuilder();
        text.append(body.path("detail").asText(body.path("title").asText("HTTP " + status)));
        for (JsonNode error : body.path("errors")) {
            text.append(System.lineSeparator()).append("    ");
            String path = error.path("path").asText();
            text.append(path)
                    .append(path.isEmpty() ? "" : ": ")
                    .append(error.path("reason").asText());
        }
        return text.toString();
    }

    private static String remedy(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 401, 403 ->
                "use the --data-dir of the stack that runs, or a --token-file with a token whose role is enough";
            case 404 -> "list what there is";
            case 413 -> "give less at once: several files one after the other";
            case 429 -> "wait a moment and try again";
            case 500, 502, 503, 504 ->
                "try again; if that does not help, look at ./city status and ./city logs alerting";
            default -> "correct the request";
        };
    }
}
