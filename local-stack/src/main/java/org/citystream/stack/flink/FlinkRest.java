package org.citystream.stack.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** What we need of Flink's REST API. */
public final class FlinkRest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** A metric of every source: FLIP-33. */
    private static final String PENDING_RECORDS = ".pendingRecords";

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * A client.
     *
     * @param url such as {@code http://127.0.0.1:8081}
     */
    public FlinkRest(String url) {
        this.base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /**
     * A job the JobManager knows.
     *
     * @param state Flink's word: RUNNING, RESTARTING, CANCELED, ...
     * @param tasks all of its tasks
     * @param runningTasks those that run
     */
    public record RunningJob(String id, String name, String state, int tasks, int runningTasks, long startedAtMillis) {
        /** Whether every task of it runs. */
        public boolean isFullyRunning() {
            return state.equals("RUNNING") && tasks > 0 && tasks == runningTasks;
        }

        /** Whether it has ended, one way or the other. */
        public boolean isOver() {
            return List.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED").contains(state);
        }
    }

    /** A jar in the JobManager's store; the name is the one it was uploaded under. */
    record StoredJar(String id, String name) {}

    /**
     * What a job can continue from.
     *
     * @param path none if it cannot be reached from outside
     * @param takenAtMillis when it was begun, epoch ms
     */
    public record Snapshot(String path, long takenAtMillis, long bytes) {}

    /**
     * How a job is started.
     *
     * @param parallelism 0: the cluster's default
     * @param from checkpoint or savepoint to continue from; absent: from nothing
     * @param claim whether that is Flink's from now on, to delete when the job no longer needs it
     */
    record Start(
            String jarId,
            String entryClass,
            List<String> arguments,
            int parallelism,
            @Nullable String from,
            boolean claim) {}

    /** The arguments of a job by name, and its parallelism. */
    record Configuration(Map<String, String> arguments, int parallelism) {}

    /**
     * How long a checkpoint took, from its trigger to its completion.
     *
     * @param jobId a job that is submitted anew has another
     * @param number counts within the job
     */
    public record CheckpointTime(String jobId, long number, Instant begunAt, Duration took) {}

    /** What has become of something that Flink does in the background. */
    record Operation(
            boolean done,
            @Nullable String location,
            @Nullable String failure) {}

    /** Number of registered TaskManagers. */
    public int taskManagers() throws IOException, InterruptedException {
        return get("/overview").path("taskmanagers").asInt();
    }

    /** All jobs the JobManager knows, also those that are over, newest first. */
    public List<RunningJob> jobs() throws IOException, InterruptedException {
        List<RunningJob> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            JsonNode tasks = job.path("tasks");
            jobs.add(new RunningJob(
                    job.path("jid").asText(),
                    job.path("name").asText(),
                    job.path("state").asText(),
                    tasks.path("total").asInt(),
                    tasks.path("running").asInt(),
                    job.path("start-time").asLong()));
        }
        jobs.sort((a, b) -> Long.compare(b.startedAtMillis(), a.startedAtMillis()));
        return jobs;
    }

    /** The newest job of this name that is not over. */
    Optional<RunningJob> running(CityJob job) throws IOException, InterruptedException {
        return jobs().stream()
                .filter(candidate -> candidate.name().equals(job.jobName()) && !candidate.isOver())
                .findFirst();
    }

    /** What a job itself says it was started with. */
    Configuration configuration(String jobId) throws IOException, InterruptedException {
        JsonNode configuration = get("/jobs/" + jobId + "/config").path("execution-config");
        Map<String, String> arguments = new TreeMap<>();
        configuration
                .path("user-config")
                .fields()
                .forEachRemaining(
                        entry -> arguments.put(entry.getKey(), entry.getValue().asText()));
        return new Configuration(
                arguments, configuration.path("job-parallelism").asInt());
    }

    /** Why a job's tasks have failed, newest first; as many times as Flink remembers. */
    List<TaskFailure> failures(String jobId) throws IOException, InterruptedException {
        List<TaskFailure> failures = new ArrayList<>();
        for (JsonNode entry :
                get("/jobs/" + jobId + "/exceptions").path("exceptionHistory").path("entries")) {
            failures.add(new TaskFailure(
                    entry.path("timestamp").asLong(),
                    entry.path("taskName").asText(""),
                    entry.path("stacktrace").asText()));
        }
        return failures;
    }

    /** The newest complete checkpoint or savepoint of a job. */
    public Optional<Snapshot> latestSnapshot(String jobId) throws IOException, InterruptedException {
        JsonNode latest = get("/jobs/" + jobId + "/checkpoints").path("latest");
        return Optional.ofNullable(newer(snapshot(latest.path("completed")), snapshot(latest.path("savepoint"))));
    }

    /** Which of a job's latest checkpoints were completed, and how long each took; Flink remembers ten. */
    public List<CheckpointTime> checkpointTimes(String jobId) throws IOException, InterruptedException {
        List<CheckpointTime> times = new ArrayList<>();
        for (JsonNode checkpoint : get("/jobs/" + jobId + "/checkpoints").path("history")) {
            if (checkpoint.path("status").asText().equals("COMPLETED")) {
                times.add(new CheckpointTime(
                        jobId,
                        checkpoint.path("id").asLong(),
                        Instant.ofEpochMilli(
                                checkpoint.path("trigger_timestamp").asLong()),
                        Duration.ofMillis(checkpoint.path("end_to_end_duration").asLong())));
            }
        }
        return times;
    }

    /**
     * How many records of its Kafka topics a job has not read yet, by the last fetch of each of its readers; none where its
     * sources have not told, as right after its start.
     */
    public OptionalLong pendingRecords(String jobId) throws IOException, InterruptedException {
        OptionalLong pending = OptionalLong.empty();
        for (JsonNode vertex : get("/jobs/" + jobId).path("vertices")) {
            String metrics = "/jobs/" + jobId + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            for (JsonNode metric : get(metrics)) {
                String id = metric.path("id").asText();
                if (id.endsWith(PENDING_RECORDS)) {
                    JsonNode sum =
                            get(metrics + "?get=" + id + "&agg=sum").path(0).path("sum");
                    pending = OptionalLong.of(pending.orElse(0) + sum.asLong());
                }
            }
        }
        return pending;
    }

    private static @Nullable Snapshot snapshot(JsonNode node) {
        return node.path("external_path").isTextual()
                ? new Snapshot(
                        node.path("external_path").asText(),
                        node.path("trigger_timestamp").asLong(),
                        node.path("state_size").asLong())
                : null;
    }

    private static @Nullable Snapshot newer(@Nullable Snapshot a, @Nullable Snapshot b) {
        return a == null || b != null && b.takenAtMillis() > a.takenAtMillis() ? b : a;
    }

    List<StoredJar> jars() throws IOException, InterruptedException {
        List<StoredJar> jars = new ArrayList<>();
        for (JsonNode jar : get("/jars").path("files")) {
            jars.add(new StoredJar(jar.path("id").asText(), jar.path("name").asText()));
        }
        return jars;
    }

    /** Uploads a job jar; returns the id it can be run by. */
    String upload(String name, BodyPublisher jar) throws IOException, InterruptedException {
        String boundary = UUID.randomUUID().toString();
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        BodyPublisher body =
                BodyPublishers.concat(BodyPublishers.ofByteArray(head), jar, BodyPublishers.ofByteArray(tail));
        JsonNode answer = send(HttpRequest.newBuilder(uri("/jars/upload"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body));
        String path = answer.path("filename").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Starts a job; returns its id. */
    String run(Start start) throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("entryClass", start.entryClass());
        start.arguments().forEach(request.putArray("programArgsList")::add);
        if (start.parallelism() > 0) {
            request.put("parallelism", start.parallelism());
        }
        if (start.from() != null) {
            request.put("savepointPath", start.from());
            request.put("claimMode", start.claim() ? "CLAIM" : "NO_CLAIM");
        }
        return post("/jars/" + start.jarId() + "/run", request).path("jobid").asText();
    }

    /** Asks for the end of a job, without a savepoint. */
    void cancel(String jobId) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(uri("/jobs/" + jobId + "?mode=cancel")).method("PATCH", BodyPublishers.noBody()));
    }

    /**
     * Begins a savepoint.
     *
     * @param stop whether the job is to end with it
     * @param directory where to; absent: the cluster's own savepoint directory
     * @return what {@link #savepoint} is asked by
     */
    String beginSavepoint(String jobId, boolean stop, @Nullable String directory)
            throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (directory != null) {
            request.put(stop ? "targetDirectory" : "target-directory", directory);
        }
        return post("/jobs/" + jobId + (stop ? "/stop" : "/savepoints"), request)
                .path("request-id")
                .asText();
    }

    /** How a savepoint goes. */
    Operation savepoint(String jobId, String requestId) throws IOException, InterruptedException {
        return operation(get("/jobs/" + jobId + "/savepoints/" + requestId));
    }

    /** Begins a checkpoint; returns what {@link #checkpoint} is asked by. */
    String beginCheckpoint(String jobId) throws IOException, InterruptedException {
        return post("/jobs/" + jobId + "/checkpoints", JsonNodeFactory.instance.objectNode())
                .path("request-id")
                .asText();
    }

    /** How a checkpoint goes. */
    Operation checkpoint(String jobId, String requestId) throws IOException, InterruptedException {
        return operation(get("/jobs/" + jobId + "/checkpoints/" + requestId));
    }

    private static Operation operation(JsonNode answer) {
        JsonNode result = answer.path("operation");
        String failure = result.path("failureCause").path("stackTrace").asText(null);
        if (failure == null) {
            failure = result.path("failure-cause").path("stack-trace").asText(null);
        }
        return new Operation(
                answer.path("status").path("id").asText().equals("COMPLETED"),
                result.path("location").asText(null),
                failure);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private JsonNode post(String path, ObjectNode request) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonCodec.write(request))));
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.timeout(LIMIT).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new FlinkFailure(
                    request.uri().getPath().replaceAll("^/jars/.*_", "/jars/"),
                    response.statusCode(),
                    errors(response.body()));
        }
        return JsonCodec.internal().readTree(response.body());
    }

    /** Flink's own words; behind a proxy it may be somebody else who refuses. */
    private static String errors(String body) {
        try {
            JsonNode errors = JsonCodec.internal().readTree(body).path("errors");
            if (errors.isArray()) {
                List<String> lines = new ArrayList<>();
                errors.forEach(error -> lines.add(error.asText()));
                return String.join(System.lineSeparator(), lines);
            }
        } catch (IOException e) {
            // Not JSON: as it came.
        }
        return body;
    }
}
