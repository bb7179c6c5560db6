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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** What we need of Flink's REST API. */
public final class FlinkRest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

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

    /** Why a job failed, if it says. */
    public Optional<String> failure(String jobId) throws IOException, InterruptedException {
        JsonNode history =
                get("/jobs/" + jobId + "/exceptions").path("exceptionHistory").path("entries");
        return history.isEmpty()
                ? Optional.empty()
                : Optional.of(history.get(0)
                        .path("stacktrace")
                        .asText()
                        .lines()
                        .limit(15)
                        .reduce("", (a, b) -> a + System.lineSeparator() + "    | " + b));
    }

    /** Uploads a job jar; returns the id it can be run by. */
    public String upload(Path jar) throws IOException, InterruptedException {
        String boundary = UUID.randomUUID().toString();
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                        + jar.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        BodyPublisher body = BodyPublishers.ofByteArrays(List.of(head, Files.readAllBytes(jar), tail));
        JsonNode answer = send(HttpRequest.newBuilder(uri("/jars/upload"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body));
        String path = answer.path("filename").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Starts a job.
     *
     * @param from checkpoint or savepoint to continue from; absent: from nothing
     * @return the new job's id
     */
    public String run(String jarId, String entryClass, List<String> arguments, @Nullable String from)
            throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("entryClass", entryClass);
        arguments.forEach(request.putArray("programArgsList")::add);
        if (from != null) {
            request.put("savepointPath", from);
            // Flink owns it from now on, and deletes it when the job no longer needs it.
            request.put("claimMode", "CLAIM");
        }
        return send(HttpRequest.newBuilder(uri("/jars/" + jarId + "/run"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JsonCodec.write(request))))
                .path("jobid")
                .asText();
    }

    /** Asks for the end of a job, without a savepoint. */
    public void cancel(String jobId) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(uri("/jobs/" + jobId + "?mode=cancel")).method("PATCH", BodyPublishers.noBody()));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.timeout(LIMIT).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new FlinkFailure(
                    request.method() + " " + request.uri(), response.statusCode(), reason(response.body()));
        }
        return JsonCodec.internal().readTree(response.body());
    }

    /** Flink hides the cause in the middle of a stack trace. */
    private static String reason(String body) {
        return body.replace("\\n", "\n")
                .lines()
                .filter(line -> !line.trim().startsWith("at "))
                .limit(20)
                .reduce("", (a, b) -> a + System.lineSeparator() + "    " + b.trim());
    }
}
