package org.citystream.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.system.SystemWatch;
import org.citystream.service.health.Health;
import org.citystream.service.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dashboard whose viewers need a token. */
class ViewerAccessTest {
    private static final String TOKEN = "a-token-for-viewers-only";
    private static final String SERIES =
            "/api/v1/series?measurement=air&field=no2&subject=a&from=2026-11-23T00:00:00Z&to=2026-11-23T08:00:00Z";

    private final HttpClient client = HttpClient.newHttpClient();
    private final PrometheusMeterRegistry metrics = Metrics.registry();
    private final DashboardApi api = DashboardApi.start(
            "127.0.0.1",
            0,
            new CityState(),
            new LiveChannel(),
            new EmptyStore(),
            (sensor, atMost) -> List.of(),
            URI.create("http://127.0.0.1:1"),
            new SystemWatch(Map.of(), List.of(), metrics),
            TOKEN,
            null,
            LiveLimits.DEFAULT,
            new Health(),
            metrics);

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SERIES,
                "/api/v1/sensors",
                "/api/v1/snapshot",
                "/api/v1/clock",
                "/api/v1/live",
                "/api/v1/alerts",
                "/api/v1/alerts/a",
                "/api/v1/silences",
                "/api/v1/system",
                "/api/v1/episodes",
                "/api/v1/sensors/loop-1/readings",
                "//api/v1/sensors",
                "/api/v1/nothing"
            })
    void nothingIsShownToStrangers(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isIn(401, 404);
        assertThat(answer.body()).doesNotContain("features", "points");
        assertThat(get(path, "Authorization", "Bearer " + TOKEN + "x").statusCode())
                .isEqualTo(answer.statusCode());
        assertThat(get(path, "Authorization", "Bearer").statusCode()).isEqualTo(answer.statusCode());
        assertThat(get(path, "Cookie", "citystream-viewer=" + TOKEN).statusCode())
                .as("the token itself is no cookie")
                .isEqualTo(answer.statusCode());
    }

    @Test
    void aProgramSendsTheToken() throws Exception {
        assertThat(get(SERIES, "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void aBrowserSignsInOnceAndIsLedBackToWhatItWanted() throws Exception {
        HttpResponse<String> page = get("/?alert=al-1");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValue("sign-in.html?alert=al-1");
        assertThat(get("/sign-in.html").statusCode()).isEqualTo(200);
        assertThat(get("/main.js").statusCode()).isEqualTo(200);

        HttpResponse<String> signedIn = signIn("{\"token\":\"" + TOKEN + "\"}");
        assertThat(signedIn.statusCode()).isEqualTo(204);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain(TOKEN);

        String sent = cookie.substring(0, cookie.indexOf(';'));
        assertThat(get(SERIES, "Cookie", sent).statusCode()).isEqualTo(200);
        assertThat(get("/", "Cookie", sent).statusCode()).isEqualTo(200);
        assertThat(stayIn("Cookie", sent).headers().firstValue("Set-Cookie"))
                .as("who goes on looking is never signed out")
                .hasValueSatisfying(
                        renewed -> assertThat(renewed).startsWith(sent + ";").contains("Max-Age=2592000"));
        assertThat(stayIn("Cookie", sent + "x").statusCode()).isEqualTo(401);
        assertThat(stayIn("Cookie", sent, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{", "[]", "{\"token\":null}", "{\"token\":\"wrong\"}", "{\"token\":[\"x\"]}"})
    void whoDoesNotKnowTheTokenGetsNoCookie(String body) throws Exception {
        HttpResponse<String> answer = signIn(body);

        assertThat(answer.statusCode()).isIn(400, 401);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void anotherSitesPageCannotSignIn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/session"))
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{\"token\":\"" + TOKEN + "\"}"))
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    @Test
    void healthAndMetricsStayOpen() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    /** Whatever is answered, no other page may frame it, guess its type, or learn where its links were clicked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sign-in.html",
                "/main.js",
                "/style/base.css",
                "/lib/uPlot.js",
                "/tables/us-aqi-2024.csv",
                "/api/v1/clock",
                "/api/v1/nothing",
                "/nothing",
                "/health/live",
                "/metrics"
            })
    void everyAnswerIsGuarded(String path) throws Exception {
        HttpResponse<String> answer = get(path, "Authorization", "Bearer " + TOKEN);

        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none';")
                        .contains("frame-ancestors 'none'", "base-uri 'none'", "script-src 'self';")
                        .doesNotContain("unsafe", "*", "script-src 'self' "));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpResponse<String> signIn(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> stayIn(String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/session"))
                .headers(headers)
                .PUT(BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }
}
