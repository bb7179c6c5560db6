package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The traffic job on a Flink cluster of its own, deployed by {@code ./city jobs}: each jam is one episode, whatever happens. */
class ClusterIT {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration MINUTE = Duration.ofMillis(300);

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    @AfterEach
    void emptyTopics() {
        KAFKA.empty(
                Topics.RULES,
                Topics.SENSORS,
                Topics.READINGS_TRAFFIC,
                Topics.SUMMARIES_TRAFFIC,
                Topics.SUMMARIES_CORRIDOR,
                Topics.EVENTS);
    }

    /** What is done to the cluster when so many minutes have passed. */
    @FunctionalInterface
    private interface Event {
        void at(StandaloneFlink flink) throws Exception;
    }

    @Test
    void rescalingAndKillsLoseAndRepeatNoEpisode() throws Exception {
        runs(List.of(
                flink -> jobs(flink, "upgrade", "traffic-job", "--parallelism", "2"),
                ClusterIT::killTaskManager,
                ClusterIT::killJobManager,
                flink -> jobs(flink, "upgrade", "traffic-job", "--parallelism", "1")));
    }

    @Test
    @EnabledIfSystemProperty(
            named = "proofs",
            matches = "true",
            disabledReason = "longer forms of what is tested anyway; run it with -Dproofs=true")
    void manyKillsAndACheckpointDirectoryThatCannotBeWrittenLoseAndRepeatNoEpisode() throws Exception {
        List<Event> kills = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            kills.add(ClusterIT::killTaskManager);
        }
        kills.add(ClusterIT::noCheckpointsForAWhile);
        kills.add(ClusterIT::killTaskManager);
        kills.add(ClusterIT::killJobManager);
        runs(kills);
    }

    private void runs(List<Event> events) throws Exception {
        try (StandaloneFlink flink = new StandaloneFlink(directory)) {
            flink.startTaskManager();
            flink.startTaskManager();
            JamsInLine jams = new JamsInLine(KAFKA);
            jobs(flink, "deploy", "traffic-job", "--kafka", KAFKA.bootstrapServers());
            int every = 30 / events.size();
            while (!jams.isOver()) {
                jams.pass();
                Thread.sleep(MINUTE.toMillis());
                int number = (jams.minute() - 8) / every;
                if (jams.minute() >= 8 && (jams.minute() - 8) % every == 0 && number < events.size()) {
                    long begun = System.nanoTime();
                    events.get(number).at(flink);
                    System.out.printf(
                            "minute %d: event %d took %.1f s%n",
                            jams.minute(), number, (System.nanoTime() - begun) / 1e9);
                }
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(jams.episodes())
                    .hasSize(JamsInLine.ROADS)
                    .allSatisfy((road, told) -> {
                        assertThat(told).as(road).anyMatch(one -> one.endsWith(" closed"));
                    }));
            assertThat(jams.episodes()).allSatisfy((road, told) -> assertThat(told.stream()
                            .map(one -> one.split(" ")[0])
                            .distinct())
                    .as(road)
                    .hasSize(1));
        }
    }

    private static void killTaskManager(StandaloneFlink flink) throws Exception {
        long before = flink.completedCheckpoints();
        flink.kill(flink.busyTaskManager());
        flink.startTaskManager();
        await().atMost(PATIENCE).until(() -> flink.completedCheckpoints() > before + 1);
    }

    /** Its jobs are gone with it: they are deployed again from what is retained. */
    private static void killJobManager(StandaloneFlink flink) throws Exception {
        flink.kill("jobmanager");
        String checkpoint = flink.newestCheckpoint().toUri().toString();
        flink.startJobManager();
        await().atMost(PATIENCE).until(() -> flink.get("/overview").path("taskmanagers").asInt() >= 2);
        jobs(flink, "deploy", "traffic-job", "--kafka", KAFKA.bootstrapServers(), "--from", checkpoint);
    }

    /** A file in its place: permissions would not stop a superuser. */
    private static void noCheckpointsForAWhile(StandaloneFlink flink) throws Exception {
        Path checkpoints = flink.checkpoints();
        Path away = checkpoints.resolveSibling("away");
        Files.move(checkpoints, away);
        Files.createFile(checkpoints);
        long before = flink.completedCheckpoints();
        Thread.sleep(5_000);
        assertThat(flink.completedCheckpoints()).isLessThanOrEqualTo(before + 1);
        Files.delete(checkpoints);
        Files.move(away, checkpoints);
        await().atMost(PATIENCE).until(() -> flink.completedCheckpoints() > before + 2);
    }

    private static void jobs(StandaloneFlink flink, String... command) throws Exception {
        Path output = Files.createTempFile("city", ".out");
        List<String> line = new ArrayList<>(List.of(CHECKOUT.resolve("city").toString(), "jobs"));
        line.addAll(List.of(command));
        line.addAll(List.of("--flink", flink.url()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(CHECKOUT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CITY_NO_BUILD", "true");
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        String text = Files.readString(output);
        System.out.println(text);
        if (!ended) {
            process.destroy();
        }
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    }
}
