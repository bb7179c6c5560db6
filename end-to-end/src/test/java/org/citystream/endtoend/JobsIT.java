package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.citystream.endtoend.CityCommand.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./city jobs} on a running stack: what is counted goes on over upgrades, good and bad ones. */
class JobsIT {
    private static final int FLINK = 8081;
    private static final int JOB_MANAGER_METRICS = 9249;
    private static final int TASK_MANAGER_METRICS = 9250;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory = Path.of("");

    @Test
    void jobsAreUpgradedAndComeBackWhenTheNewOneDoesNotRun() throws Exception {
        Path second = JobJarVariant.jar(directory, "second", false);
        Path broken = JobJarVariant.jar(directory, "broken", true);
        try (CityStack stack = CityStack.up(directory.resolve("data"), "--no-simulator")) {
            Detector detector = new Detector(stack.kafka());
            detector.send(20);
            awaitCounted(stack, detector);

            everyDocumentedMetricIsThere(stack);

            Output same = done(stack, "jobs", "upgrade", "traffic-job");
            assertThat(same.text()).contains("runs this jar already");
            done(stack, "jobs", "upgrade", "traffic-job", "--jar", second.toString());
            assertThat(steps(stack)).anyMatch(step -> step.contains("second"));
            detector.send(10);
            awaitCounted(stack, detector);

            Output failed = stack.city(
                    PATIENCE,
                    List.of("jobs", "upgrade", "traffic-job", "--jar", broken.toString(), "--within", "PT1M"));
            assertThat(failed.status()).as(failed.text()).isEqualTo(1);
            assertThat(failed.text())
                    .contains(
                            "java.lang.IllegalStateException: a planted failure (at org.citystream.jobs.traffic.TrafficJob$Step")
                    .contains("traffic-job runs as before, from file:");
            assertThat(steps(stack)).anyMatch(step -> step.contains("second"));
            detector.send(10);
            awaitCounted(stack, detector);

            stack.kill("flink-jobmanager");
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !steps(stack).isEmpty());
            assertThat(steps(stack)).as("put back with the jar it ran").anyMatch(step -> step.contains("second"));
            awaitCounted(stack, detector);

            Output savepoint = done(stack, "jobs", "savepoint", "traffic-job");
            String path = savepoint.text().replaceAll("(?s).*traffic-job  (\\S+).*", "$1");
            detector.send(10);
            awaitCounted(stack, detector);
            done(stack, "jobs", "cancel", "traffic-job");
            Output deployed = done(stack, "jobs", "deploy", "traffic-job", "--from", path);
            assertThat(deployed.text()).contains("traffic-job runs: all");
            assertThat(steps(stack)).as("the checkout's own jar").noneMatch(step -> step.contains("second"));
            awaitCounted(stack, detector);
            Output again = done(stack, "jobs", "deploy");
            assertThat(again.text()).contains("traffic-job is there already");
            assertThat(done(stack, "jobs", "list").text())
                    .contains("traffic-job")
                    .contains(" s ago, ");
        }
    }

    private static Output done(CityStack stack, String... command) throws Exception {
        Output output = stack.city(PATIENCE, List.of(command));
        assertThat(output.status()).as(output.text()).isZero();
        return output;
    }

    /** Counts are part of the state: each reading once, over all that happens to the job. */
    private static void awaitCounted(CityStack stack, Detector detector) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(counted(stack)).isEqualTo(detector.sent()));
    }

    private static long counted(CityStack stack) throws Exception {
        return metrics(stack, TASK_MANAGER_METRICS)
                .lines()
                .filter(line -> line.startsWith("flink_taskmanager_job_task_operator_readingsCounted{")
                        && line.contains("job_name=\"traffic_job\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String metrics(CityStack stack, int port) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(stack.uri(port, "/metrics")).build(), BodyHandlers.ofString())
                .body();
    }

    private static void everyDocumentedMetricIsThere(CityStack stack) throws Exception {
        String told = metrics(stack, JOB_MANAGER_METRICS) + metrics(stack, TASK_MANAGER_METRICS);
        List<String> documented = Pattern.compile("^\\| `(flink_\\w+)`", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/jobs.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(documented)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(told).contains(name + "{"));
    }

    /** Names of the running traffic job's steps. */
    private static List<String> steps(CityStack stack) throws Exception {
        for (JsonNode job : stack.get(FLINK, "/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals("traffic-job")
                    && job.path("state").asText().equals("RUNNING")) {
                return StreamSupport.stream(
                                stack.get(FLINK, "/jobs/" + job.path("jid").asText())
                                        .path("vertices")
                                        .spliterator(),
                                false)
                        .map(vertex -> vertex.path("name").asText())
                        .toList();
            }
        }
        return List.of();
    }
}
