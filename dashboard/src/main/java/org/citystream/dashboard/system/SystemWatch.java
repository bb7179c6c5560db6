package org.citystream.dashboard.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Asks the services and Flink how they are. Thread-safe; each call asks anew, all at once. */
public final class SystemWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 2 * 1024 * 1024;
    private static final List<String> JOB_METRICS =
            List.of("numRestarts", "lastCheckpointDuration", "numberOfFailedCheckpoints");

    private final Map<String, URI> services;
    private final List<URI> clusters;
    private final PrometheusMeterRegistry own;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /**
     * @param services base address by name
     * @param clusters REST addresses of the JobManagers; empty: jobs are not watched
     * @param own what this service tells of itself
     */
    public SystemWatch(Map<String, URI> services, List<URI> clusters, PrometheusMeterRegistry own) {
        this.services = services;
        this.clusters = List.copyOf(clusters);
        this.own = own;
    }

    /** The deployment as it is now. */
    public SystemState look() {
        List<CompletableFuture<ServiceState>> asked = new ArrayList<>();
        services.forEach((name, address) -> asked.add(ask(address.resolve("/metrics"))
                .thenApply(text -> new ServiceState(name, null, samples(text)))
                .exceptionally(failure -> new ServiceState(name, problem(failure), List.of()))));
        List<CompletableFuture<Jobs>> jobs = clusters.stream().map(this::jobs).toList();
        List<ServiceState> states = new ArrayList<>();
        asked.forEach(each -> states.add(each.join()));
        states.add(new ServiceState("dashboard", null, samples(own.scrape())));
        Jobs known = together(jobs.stream().map(CompletableFuture::join).toList());
        return new SystemState(List.copyOf(states), known.states(), known.problem());
    }

    /** Of the Java machine and the web server people see more in Prometheus. */
    private static List<MetricSample> samples(String text) {
        return MetricsText.read(text, name -> name.startsWith("gateway_") || name.startsWith("citystream_"));
    }

    private record Jobs(
            @Nullable List<JobState> states, @Nullable String problem) {}

    /** What every cluster that answers tells, and who does not; no jobs at all if none answers. */
    private static Jobs together(List<Jobs> clusters) {
        if (clusters.isEmpty()) {
            return new Jobs(null, "not-configured");
        }
        List<JobState> states = clusters.stream()
                .flatMap(jobs -> Stream.ofNullable(jobs.states()))
                .flatMap(List::stream)
                .toList();
        List<String> problems = clusters.stream()
                .flatMap(jobs -> Stream.ofNullable(jobs.problem()))
                .toList();
        return new Jobs(
                problems.size() == clusters.size() ? null : states,
                problems.isEmpty() ? null : String.join("; ", problems));
    }

    private CompletableFuture<Jobs> jobs(URI cluster) {
        return ask(cluster.resolve("/jobs/overview"))
                .thenCompose(text -> all(cluster, json(text).path("jobs")))
                .thenApply(states -> new Jobs(states, null))
                .exceptionally(failure -> new Jobs(null, cluster.getAuthority() + " " + problem(failure)));
    }

    private CompletableFuture<List<JobState>> all(URI cluster, JsonNode overview) {
        List<CompletableFuture<JobState>> jobs = new ArrayList<>();
        overview.forEach(job -> jobs.add(job(cluster, job)));
        return CompletableFuture.allOf(jobs.toArray(CompletableFuture[]::new))
                .thenApply(done -> jobs.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<JobState> job(URI cluster, JsonNode overview) {
        String path = "/jobs/" + overview.path("jid").asText() + "/metrics?get=" + String.join(",", JOB_METRICS);
        return ask(cluster.resolve(path))
                .thenApply(text -> json(text))
                .exceptionally(failure -> JsonCodec.internal().createArrayNode())
                .thenApply(metrics -> state(overview, metrics));
    }

    private static JobState state(JsonNode overview, JsonNode metrics) {
        return new JobState(
                overview.path("name").asText(),
                overview.path("state").asText(),
                Instant.ofEpochMilli(overview.path("start-time").asLong()),
                overview.at("/tasks/running").asInt(),
                overview.at("/tasks/total").asInt(),
                metric(metrics, "numRestarts"),
                metric(metrics, "lastCheckpointDuration"),
                metric(metrics, "numberOfFailedCheckpoints"));
    }

    private static @Nullable Long metric(JsonNode metrics, String id) {
        for (JsonNode metric : metrics) {
            if (metric.path("id").asText().equals(id)) {
                long value = metric.path("value").asLong(-1);
                return value < 0 ? null : value;
            }
        }
        return null;
    }

    private static JsonNode json(String text) {
        try {
            return JsonCodec.internal().readTree(text);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<String> ask(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> {
                    if (response.statusCode() != 200 || response.body().length() > MAX_ANSWER_BYTES) {
                        throw new CompletionException(new IOException("answered " + response.statusCode()));
                    }
                    return response.body();
                });
    }

    private static String problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? "no answer" : cause.getMessage();
    }
}
