package org.citystream.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citystream.model.wire.JsonCodec;

/**
 * A Flink cluster that is nobody's: a JobManager and TaskManagers, each a process, from Flink's own artifacts and the
 * connectors that docs/jobs.md asks for, without the job jar.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CONFIGURATION = """
            jobmanager:
              rpc.address: 127.0.0.1
              rpc.port: %d
              bind-host: 127.0.0.1
            rest:
              address: 127.0.0.1
              bind-address: 127.0.0.1
              port: %d
            taskmanager:
              bind-host: 127.0.0.1
              host: 127.0.0.1
              numberOfTaskSlots: 2
              cpu.cores: 1.0
              memory:
                task.heap.size: 160mb
                framework.heap.size: 96mb
                task.off-heap.size: 16mb
                framework.off-heap.size: 64mb
                network.min: 32mb
                network.max: 32mb
                managed.size: 16mb
                jvm-metaspace.size: 256mb
                jvm-overhead.min: 128mb
                jvm-overhead.max: 128mb
            cluster.registration.error-delay: 500ms
            heartbeat:
              interval: 1000
              timeout: 8000
            execution.checkpointing:
              interval: 1s
              dir: "%3$s/checkpoints"
              savepoint-dir: "%3$s/savepoints"
            restart-strategy:
              type: exponential-delay
              exponential-delay:
                initial-backoff: 500ms
                max-backoff: 2s
            metrics.fetcher.update-interval: 500
            web.upload.dir: %4$s/upload
            io.tmp.dirs: %4$s/tmp
            """;

    private static final String LOGGING = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger{40} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int port;
    private final List<Process> taskManagers = new ArrayList<>();
    private Process jobManager;

    private StandaloneCluster(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.port = CityStack.freePort();
        Files.createDirectories(directory.resolve("upload"));
        Files.createDirectories(directory.resolve("tmp"));
        Files.createDirectories(checkpoints());
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("logback.xml"), LOGGING);
        Files.writeString(
                conf.resolve("config.yaml"),
                CONFIGURATION.formatted(CityStack.freePort(), port, "file://" + directory, directory));
        jobManager = startJobManager();
    }

    /** Returns when all are there. */
    static StandaloneCluster start(Path directory, int taskManagers) throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(directory);
        try {
            for (int i = 0; i < taskManagers; i++) {
                cluster.taskManagers.add(cluster.startTaskManager(i));
            }
            cluster.awaitTaskManagers();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    private Process startJobManager() throws IOException {
        return java("jobmanager", 256, "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    }

    private Process startTaskManager(int number) throws IOException {
        return java("taskmanager-" + number, 256, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    }

    private Process java(String name, int heapMb, String main) throws IOException {
        String classPath;
        try (Stream<Path> libraries = Files.list(JobJarVariant.FLINK_LIB)) {
            classPath = libraries.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx" + heapMb + "m",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-Dlogback.configurationFile=" + directory.resolve("conf/logback.xml"),
                        "-cp",
                        classPath,
                        main,
                        "--configDir",
                        directory.resolve("conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(name + ".log").toFile()))
                .start();
    }

    /** As {@code kill -9} does; the others go on. */
    void killTaskManager(int number) throws InterruptedException {
        taskManagers.get(number).destroyForcibly().waitFor();
    }

    /** As {@code kill -9} does, and as a supervisor starts it again: it has forgotten its jobs. */
    void killJobManager() throws IOException, InterruptedException {
        jobManager.destroyForcibly().waitFor();
        jobManager = startJobManager();
        awaitTaskManagers();
    }

    private void awaitTaskManagers() {
        long alive = taskManagers.stream().filter(Process::isAlive).count();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get("/taskmanagers").path("taskmanagers").size() == alive);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        return JsonCodec.internal()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Id of the running job of this name. */
    String running(String jobName) throws IOException, InterruptedException {
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(jobName)
                    && job.path("state").asText().equals("RUNNING")) {
                return job.path("jid").asText();
            }
        }
        throw new AssertionError(jobName + " does not run: " + get("/jobs/overview"));
    }

    /** A count of the job's operators, added up. */
    long sum(String jobName, String metric) throws IOException, InterruptedException {
        String job = "/jobs/" + running(jobName);
        long sum = 0;
        for (JsonNode vertex : get(job).path("vertices")) {
            String metrics = job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            for (JsonNode known : get(metrics)) {
                String id = known.path("id").asText();
                if (id.endsWith("." + metric)) {
                    String query = "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
                    sum += get(metrics + query).path(0).path("sum").asLong();
                }
            }
        }
        return sum;
    }

    /** Checkpoints of the running job that have ended so: {@code completed}, {@code failed}. */
    int checkpoints(String jobName, String ended) throws IOException, InterruptedException {
        return get("/jobs/" + running(jobName) + "/checkpoints")
                .path("counts")
                .path(ended)
                .asInt();
    }

    /** The newest complete checkpoint of any job. */
    String newestCheckpoint() throws IOException {
        try (Stream<Path> all = Files.walk(checkpoints(), 3)) {
            return all.filter(directory -> Files.exists(directory.resolve("_metadata")))
                    .max(Comparator.comparing(
                            directory -> directory.resolve("_metadata").toFile().lastModified()))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process :
                Stream.concat(taskManagers.stream(), Stream.of(jobManager)).toList()) {
            process.destroyForcibly().waitFor();
        }
    }
}
