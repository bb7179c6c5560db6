package org.citystream.gateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A gateway seen from outside: its health and its metrics. */
record Probe(int port) {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Probe of(Gateway gateway) {
        return new Probe(gateway.httpPort());
    }

    private HttpResponse<String> get(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    int status(String path) {
        return get(path).statusCode();
    }

    /** What readiness says. */
    String health() {
        return get("/health/ready").body();
    }

    boolean isReady() {
        try {
            return status("/health/ready") == 200;
        } catch (UncheckedIOException e) {
            // A process that has not come so far.
            return false;
        }
    }

    void awaitReady() {
        await().atMost(PATIENCE).until(this::isReady);
    }

    String metrics() {
        return get("/metrics").body();
    }

    /** The sum of all samples of that name that carry all these labels, such as {@code kind="air"}. */
    double metric(String name, String... labels) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> java.util.Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
