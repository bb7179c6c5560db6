package org.citystream.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Set<String> OPEN = Set.of(
            "DELETE " + ViewerAccess.SESSION,
            "GET /health/live",
            "GET /health/ready",
            "GET /metrics",
            "GET /lib/{file}",
            "GET /tables/{file}");

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

    /** Every route the server has, so that a new one is closed or stands among the open ones here. */
    @Test
    void strangersGetNothingButWhatIsOpen() throws Exception {
        Set<String> closed = without(OPEN);

        assertThat(answered(401, api.routes())).isEqualTo(closed);
        assertThat(answered(401, api.routes(), "Authorization", "Bearer " + TOKEN + "x"))
                .isEqualTo(closed);
        assertThat(answered(401, api.routes(), "Authorization", "Bearer")).isEqualTo(closed);
        assertThat(answered(401, api.routes(), "Cookie", "citystream-viewer=" + TOKEN))
                .as("the token itself is no cookie")
                .isEqualTo(closed);
    }

    @Test
    void whoHasTheTokenIsSentAwayFromNoRoute() throws Exception {
        Set<String> signingIn = Set.of("POST " + ViewerAccess.SESSION, "PUT " + ViewerAccess.SESSION);

        assertThat(answered(401, without(signingIn), "Authorization", "Bearer " + TOKEN))
                .isEmpty();
    }

    @Test
    void fromAnotherSitesPageNothingCanBeChanged() throws Exception {
        Set<String> changing = new TreeSet<>(api.routes());
        changing.removeIf(route -> route.startsWith("GET "));
        assertThat(changing).hasSizeGreaterThan(5);

        assertThat(answered(403, changing, "Authorization", "Bearer " + TOKEN, "Origin", "https://evil.example"))
                .isEqualTo(changing);
        assertThat(answered(403, changing, "Authorization", "Bearer " + TOKEN, "Sec-Fetch-Site", "cross-site"))
                .isEqualTo(changing);
    }

    private Set<String> without(Set<String> some) {
        Set<String> routes = new TreeSet<>(api.routes());
        assertThat(routes).hasSizeGreaterThan(20).containsAll(some);
        routes.removeAll(some);
        return routes;
    }

    /** Those of the routes that are answered with this status. */
    private Set<String> answered(int status, Set<String> routes, String... headers) throws Exception {
        Set<String> found = new TreeSet<>();
        for (String route : routes) {
            String[] parts = route.split(" ", 2);
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(parts[1].replaceAll("\\{[a-z]+}", "a")))
                    .method(parts[0], parts[0].equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            // A stream of events has no end to wait for.
            answer.body().close();
            if (answer.statusCode() == status) {
                found.add(route);
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/sensors",
                "/%61pi/v1/sensors",
                "/api/v1/sensors/",
                "/API/v1/sensors",
                "/lib/../api/v1/sensors",
                "/lib/%2e%2e/api/v1/sensors",
                "/api;x=1/v1/sensors",
                "/api/v1/nothing"
            })
    void noSpellingLeadsRoundTheDoor(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isIn(400, 401, 404);
        assertThat(answer.body()).doesNotContain("features");
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
