package org.citystream.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;

/** A whole dashboard on a free port. */
public final class TestDashboard implements AutoCloseable {
    private final Dashboard dashboard;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestDashboard(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** Starts one and waits until it is ready. */
    public static TestDashboard start(String kafka, String questDb, URI alerting) throws ConfigurationException {
        String[] arguments = {
            "--kafka-bootstrap-servers=" + kafka,
            "--questdb-url=" + questDb,
            "--alerting-url=" + alerting,
            "--http-port=0"
        };
        TestDashboard started =
                new TestDashboard(new Dashboard(Configuration.load(new DashboardConfig(), arguments, Map.of())));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> started.get("/health/ready").statusCode() == 200);
        return started;
    }

    public String url() {
        return "http://127.0.0.1:" + dashboard.port();
    }

    public HttpResponse<String> get(String pathAndQuery) {
        return send("GET", pathAndQuery, "");
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> send(String method, String pathAndQuery, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + pathAndQuery))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(pathAndQuery, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A value for a query. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        dashboard.close();
    }
}
