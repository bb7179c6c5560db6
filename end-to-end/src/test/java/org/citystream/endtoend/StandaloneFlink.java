package org.citystream.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citystream.model.wire.JsonCodec;

/**
 * A Flink cluster of its own: a JobManager and TaskManagers as processes, on the libraries a cluster needs, without the job jar.
 * What is killed is started again by {@link #startJobManager} and {@link #startTaskManager}, as a service manager would.
 */
final class StandaloneFlink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path LOGGING = Path.of("../local-stack/src/main/resources/logback-flink.xml")
            .toAbsolutePath()
            .normalize();
    private static final String CONFIGURATION = """
            jobmanager: {rpc.address: 127.0.0.1, rpc.port: %2$d, bind-host: 127.0.0.1}
            rest: {address: 127.0.0.1, bind-address: 127.0.0.1, port: %3$d}
            blob.server.port: %4$d
            parallelism.default: 1
            taskmanager:
              bind-host: 127.0.0.1
              host: 127.0.0.1
              numberOfTaskSlots: 1
              cpu.cores: 1.0
              memory: {task.heap.size: 96mb, task.off-heap.size: 0mb, framework.heap.size: 96mb, framework.off-heap.size: 64mb, network.min: 32mb, network.max: 32mb, managed.size: 64mb, jvm-metaspace.size: 192mb, jvm-overhead.min: 96mb, jvm-overhead.max: 96mb}
            cluster.registration.error-delay: 500ms
            heartbeat: {interval: 1000, timeout: 6000}
            state.backend.type: rocksdb
            execution.checkpointing: {interval: 500ms, timeout: 10s, dir: "file://%1$s/checkpoints", savepoint-dir: "file://%1$s/savepoints", incremental: true, num-retained: 2, tolerable-failed-checkpoints: 1000}
            restart-strategy: {type: exponential-delay, exponential-delay: {initial-backoff: 200ms, max-backoff: 1s}}
            web.upload.dir: %1$s/upload
            io.tmp.dirs: %1$s/tmp
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int restPort;
    private final Map<String, Process> processes = new HashMap<>();
    private int taskManagers;

    StandaloneFlink(Path directory) throws IOException {
        this.directory = directory;
        this.restPort = CityStack.freePort();
        for (String each : List.of("conf", "upload", "tmp", "checkpoints", "savepoints", "logs")) {
            Files.createDirectories(directory.resolve(each));
        }
        Files.writeString(
                directory.resolve("conf/config.yaml"),
                CONFIGURATION.formatted(directory, CityStack.freePort(), restPort, CityStack.freePort()));
        startJobManager();
    }

    String url() {
        return "http://127.0.0.1:" + restPort;
    }

    Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    void startJobManager() throws IOException {
        start(
                "jobmanager",
                List.of("-Xmx256m", "--add-opens=java.base/java.util=ALL-UNNAMED"),
                List.of("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get("/overview") != null);
    }

    /** Returns its name. */
    String startTaskManager() throws IOException {
        String name = "tm-" + ++taskManagers;
        int before = registered();
        start(
                name,
                List.of("-Xmx192m", "-XX:MaxMetaspaceSize=192m", "-XX:MaxDirectMemorySize=160m"),
                List.of("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "-D", "taskmanager.resource-id=" + name));
        await().atMost(PATIENCE).until(() -> registered() > before);
        return name;
    }

    private void start(String name, List<String> flags, List<String> program) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + LOGGING));
        command.addAll(flags);
        command.addAll(List.of("-cp", JobJarVariant.FLINK_LIB + "/*", program.get(0)));
        command.addAll(List.of("--configDir", directory.resolve("conf").toString()));
        command.addAll(program.subList(1, program.size()));
        processes.put(
                name,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                directory.resolve("logs/" + name + ".log").toFile()))
                        .start());
    }

    /** As {@code kill -9} does. */
    void kill(String name) throws InterruptedException {
        Process process = processes.remove(name);
        if (process == null) {
            throw new AssertionError("no " + name + " among " + processes.keySet());
        }
        process.destroyForcibly().waitFor();
    }

    /** A TaskManager on which tasks run. */
    String busyTaskManager() throws IOException, InterruptedException {
        for (JsonNode each : get("/taskmanagers").path("taskmanagers")) {
            if (each.path("freeSlots").asInt() < each.path("slotsNumber").asInt()) {
                return each.path("id").asText();
            }
        }
        throw new AssertionError("no TaskManager is busy");
    }

    private int registered() throws IOException {
        try {
            return get("/overview").path("taskmanagers").asInt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Checkpoints that the only running job has completed since it was started or came back. */
    long completedCheckpoints() throws IOException, InterruptedException {
        long completed = 0;
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("state").asText().equals("RUNNING")) {
                completed += get("/jobs/" + job.path("jid").asText() + "/checkpoints")
                        .at("/counts/completed")
                        .asLong();
            }
        }
        return completed;
    }

    /** The newest complete checkpoint of any job. */
    Path newestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints())) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow()
                    .getParent();
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        return JsonCodec.internal()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes.values()) {
            process.destroyForcibly().waitFor();
        }
    }
}
