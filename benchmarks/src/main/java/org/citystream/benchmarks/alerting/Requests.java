package org.citystream.benchmarks.alerting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What is asked of servers that are starting. */
final class Requests {
    private static final Duration LOOK = Duration.ofMillis(50);

    private Requests() {}

    static void awaitReady(HttpClient client, URI uri, Duration patience) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isReady(client, request)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(uri + " is not ready after " + patience);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
