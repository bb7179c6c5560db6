package org.citystream.stack.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The balances of a stack's jobs, taken from its TaskManager's metrics when nothing is under way any more. */
final class StackBalance implements Scale {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** Nothing came to any job for so long: nothing is on its way from the broker either. */
    private static final Duration STILL = Duration.ofSeconds(5);

    private final URI metrics;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param port of the TaskManager's metrics */
    StackBalance(int port) {
        this.metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    }

    /** Waits until everything is even and no count changes any more, or patience ends. */
    @Override
    public Weighed weigh() throws InterruptedException {
        Instant begun = Instant.now();
        Instant since = begun;
        Weighed last = Weighed.of(now());
        while (Instant.now().isBefore(begun.plus(PATIENCE))) {
            Thread.sleep(POLL.toMillis());
            Weighed now = Weighed.of(now());
            if (!now.equals(last)) {
                last = now;
                since = Instant.now();
            } else if (now.problems().isEmpty() && Instant.now().isAfter(since.plus(STILL))) {
                return now;
            }
        }
        return last;
    }

    private List<JobBalance> now() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
            return JobBalance.of(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            // A TaskManager that is away tells nothing, and will be back.
            return List.of();
        }
    }
}
