package org.citystream.audit.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Gets JSON documents from one address. */
public final class JsonOverHttp {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int ATTEMPTS = 30;

    private final String name;
    private final String url;
    private final @Nullable String authorization;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /**
     * @param name for messages, such as {@code the alerting service}
     * @param authorization value of that header; null: none
     */
    public JsonOverHttp(String name, String url, @Nullable String authorization) {
        this.name = name;
        this.url = url.replaceFirst("/+$", "");
        this.authorization = authorization;
    }

    /** @throws UnreachableException if it does not answer 2xx with JSON */
    public JsonNode get(String path) throws InterruptedException {
        return find(path)
                .orElseThrow(() -> new UnreachableException(name + " at " + url + " does not know " + path
                        + "; is the address right, and of the same version?"));
    }

    /** Empty if it does not know the path. Whoever asks for fewer requests a second gets them. */
    public Optional<JsonNode> find(String path) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).header("Accept", "application/json");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<byte[]> response = send(request.build());
            if (response.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (response.statusCode() / 100 != 2) {
                throw new UnreachableException(name + " at " + url + " answers HTTP " + response.statusCode() + " to "
                        + path + ": " + beginning(response.body()) + hint(response.statusCode()));
            }
            return Optional.of(JsonCodec.internal().readTree(response.body()));
        } catch (IOException e) {
            throw new UnreachableException(
                    name + " at " + url + " does not answer (" + e + "); is it running, and the address right?", e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        for (int attempt = 1; response.statusCode() == TOO_MANY && attempt < ATTEMPTS; attempt++) {
            Thread.sleep(
                    1_000 * response.headers().firstValueAsLong("Retry-After").orElse(1));
            response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
        return response;
    }

    private static String hint(int status) {
        return status == UNAUTHORIZED || status == FORBIDDEN
                ? "; name a file with a token or password that may read there"
                : "";
    }

    private static String beginning(byte[] body) {
        return new String(body, 0, Math.min(200, body.length), StandardCharsets.UTF_8);
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
