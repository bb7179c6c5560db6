package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.endtoend.CityCommand.Output;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./city jobs --flink} and a cluster that is not the local stack's: every reading is counted once, whatever jar runs
 * and whatever dies.
 */
@EnabledIfSystemProperty(
        named = "proofs",
        matches = "true",
        disabledReason = "it takes nearly two minutes; run it with -Dproofs=true")
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String JOB = "traffic-job";

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory = Path.of("");

    private final Detector detector = new Detector(KAFKA.bootstrapServers());

    @Test
    void jobsGoOnOverUpgradesRollbacksAndDeaths() throws Exception {
        Path second = JobJarVariant.jar(directory, "second", false);
        Path broken = JobJarVariant.jar(directory, "broken", true);
        try (StandaloneCluster cluster = StandaloneCluster.start(directory.resolve("cluster"), 2)) {
            assertThat(deploy(cluster, "--parallelism", "2").text()).contains("traffic-job runs: all");
            assertThat(deploy(cluster, "--parallelism", "2").text()).contains("traffic-job is there already");
            countsAfter(20, cluster);

            done(cluster, "upgrade", "--jar", second.toString());
            assertThat(steps(cluster)).anyMatch(step -> step.contains("second"));
            countsAfter(10, cluster);
            Output failed = jobs(cluster, "upgrade", "--jar", broken.toString(), "--within", "PT1M");
            assertThat(failed.status()).as(failed.text()).isEqualTo(1);
            assertThat(failed.text()).contains("a planted failure", "traffic-job runs as before, from file:");
            countsAfter(10, cluster);
            done(cluster, "upgrade", "--jar", JobJarVariant.JAR.toString(), "--parallelism", "1");
            assertThat(steps(cluster)).as("rolled back").noneMatch(step -> step.contains("second"));
            countsAfter(10, cluster);
            done(cluster, "upgrade", "--jar", second.toString(), "--parallelism", "2");
            countsAfter(10, cluster);

            cluster.killTaskManager(0);
            countsAfter(10, cluster);

            whileCheckpointsCannotBeWritten(cluster);
            countsAfter(10, cluster);

            String checkpoint = cluster.newestCheckpoint();
            cluster.killJobManager();
            assertThat(done(cluster, "list").text()).doesNotContain(JOB);
            deploy(cluster, "--from", checkpoint, "--jar", second.toString(), "--parallelism", "2");
            countsAfter(10, cluster);

            assertThat(done(cluster, "savepoint").text()).contains("traffic-job  file:");
            done(cluster, "cancel");
            assertThat(deploy(cluster).text()).contains("traffic-job runs: all");
            countsAfter(10, cluster);
        }
    }

    private void whileCheckpointsCannotBeWritten(StandaloneCluster cluster) throws Exception {
        Path aside = directory.resolve("aside");
        Files.move(cluster.checkpoints(), aside);
        Files.createFile(cluster.checkpoints());
        detector.send(10);
        await().atMost(PATIENCE).until(() -> cluster.checkpoints(JOB, "failed") > 1);
        Files.delete(cluster.checkpoints());
        Files.move(aside, cluster.checkpoints());
        int before = cluster.checkpoints(JOB, "completed");
        await().atMost(PATIENCE).until(() -> cluster.checkpoints(JOB, "completed") > before);
    }

    /** Counts are part of the state: each reading once. */
    private void countsAfter(int readings, StandaloneCluster cluster) {
        detector.send(readings);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(cluster.sum(JOB, "readingsCounted")).isEqualTo(detector.sent()));
    }

    private static List<String> steps(StandaloneCluster cluster) throws Exception {
        List<String> steps = new ArrayList<>();
        cluster.get("/jobs/" + cluster.running(JOB))
                .path("vertices")
                .forEach(vertex -> steps.add(vertex.path("name").asText()));
        return steps;
    }

    private static Output deploy(StandaloneCluster cluster, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("--kafka", KAFKA.bootstrapServers()));
        command.addAll(List.of(options));
        return done(cluster, "deploy", command.toArray(String[]::new));
    }

    private static Output done(StandaloneCluster cluster, String verb, String... options) throws Exception {
        Output output = jobs(cluster, verb, options);
        assertThat(output.status()).as(output.text()).isZero();
        return output;
    }

    private static Output jobs(StandaloneCluster cluster, String verb, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("jobs", verb));
        if (!verb.equals("list")) {
            command.add(JOB);
        }
        command.addAll(List.of("--flink", cluster.url()));
        command.addAll(List.of(options));
        return CityCommand.run(PATIENCE, command);
    }
}
