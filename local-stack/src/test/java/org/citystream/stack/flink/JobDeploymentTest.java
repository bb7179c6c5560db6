package org.citystream.stack.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.citystream.stack.failure.CityFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDeploymentTest {
    private static final JobSettings SETTINGS =
            new JobSettings("127.0.0.1:9092", "http://127.0.0.1:9000", "/secret/token");

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private final FlinkStub flink;

    JobDeploymentTest() throws IOException {
        flink = new FlinkStub();
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void allJobsAreStartedFromOneUpload() throws Exception {
        Map<CityJob, String> ids = deployment().deploy(CityJob.all());

        assertThat(ids).containsOnlyKeys(CityJob.values());
        assertThat(flink.requests.stream().filter(request -> request.contains("upload")))
                .hasSize(1);
        assertThat(runs())
                .hasSize(4)
                .allSatisfy(run -> assertThat(run)
                        .contains("\"--kafka-bootstrap-servers\",\"127.0.0.1:9092\"")
                        .doesNotContain("savepointPath"));
        assertThat(runs())
                .anySatisfy(run -> assertThat(run)
                        .contains("TimeSeriesJob")
                        .contains("\"--influx-url\",\"http://127.0.0.1:9000\"")
                        .contains("\"--influx-token-file\",\"/secret/token\""));
    }

    @Test
    void aJobThatRunsIsNotStartedTwice() throws Exception {
        Map<CityJob, String> first = deployment().deploy(CityJob.all());

        assertThat(deployment().deploy(CityJob.all())).isEqualTo(first);
        assertThat(runs()).hasSize(4);
        assertThat(said)
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line).contains("is there already").doesNotContain("another jar"));
    }

    @Test
    void aJobThatRunsAnotherJarIsLeftAloneAndSaid() throws Exception {
        deployment().deploy(List.of(CityJob.TRAFFIC));
        Files.writeString(directory.resolve("newer.jar"), "newer");

        new JobDeployment(
                        new FlinkRest(flink.url()),
                        JobJar.of(directory.resolve("newer.jar")),
                        SETTINGS,
                        new JobRecord(directory),
                        said::add)
                .deploy(List.of(CityJob.TRAFFIC));

        assertThat(runs()).hasSize(1);
        assertThat(said).singleElement().asString().contains("with another jar; ./city jobs upgrade replaces it");
    }

    @Test
    void aSecondStartContinuesFromTheNewestCompleteCheckpoint() throws Exception {
        String id = String.valueOf(deployment().deploy(List.of(CityJob.TRAFFIC)).get(CityJob.TRAFFIC));
        checkpoint(id, 9);
        String newest = checkpoint(id, 10);
        Files.createDirectories(directory.resolve("checkpoints/" + id + "/chk-11"));
        flink.runningJobs.clear();

        deployment().deploy(List.of(CityJob.TRAFFIC));

        assertThat(runs().get(1))
                .contains("\"savepointPath\":\"" + newest + "\"")
                .contains("\"claimMode\":\"CLAIM\"");
    }

    @Test
    void aRunWithoutACheckpointOfItsOwnFallsBackToTheOneItCameFrom() throws Exception {
        String id = String.valueOf(deployment().deploy(List.of(CityJob.TRAFFIC)).get(CityJob.TRAFFIC));
        String checkpoint = checkpoint(id, 3);
        flink.runningJobs.clear();
        deployment().deploy(List.of(CityJob.TRAFFIC));
        flink.runningJobs.clear();

        deployment().deploy(List.of(CityJob.TRAFFIC));

        assertThat(runs().get(2)).contains(checkpoint);
    }

    @Test
    void aSavepointStaysItsOwnersHoweverOftenTheJobIsStartedFromIt() throws Exception {
        Path savepoint = Files.createDirectories(directory.resolve("savepoints/savepoint-1"));
        Files.createFile(savepoint.resolve("_metadata"));
        deployment().deployFrom(CityJob.TRAFFIC, savepoint.toUri().toString());
        flink.runningJobs.clear();

        deployment().deploy(List.of(CityJob.TRAFFIC));

        assertThat(runs())
                .hasSize(2)
                .allSatisfy(run -> assertThat(run).contains("savepoint-1").contains("\"claimMode\":\"NO_CLAIM\""));
    }

    @Test
    void aCheckpointThatNoLongerFitsIsLeftAloneAndSaid() throws Exception {
        String id = String.valueOf(deployment().deploy(List.of(CityJob.TRAFFIC)).get(CityJob.TRAFFIC));
        checkpoint(id, 3);
        flink.runningJobs.clear();
        flink.refusesSavepoints = true;

        deployment().deploy(List.of(CityJob.TRAFFIC));

        assertThat(runs().get(2)).doesNotContain("savepointPath");
        assertThat(said).singleElement().asString().contains("starts from the beginning of its topics");
    }

    @Test
    void jobsThatAFreshJobManagerDoesNotKnowArePutBack() throws Exception {
        JobRecord record = new JobRecord(directory);
        try (JobKeeper keeper = new JobKeeper(new FlinkRest(flink.url()), deployment(), record, said::add)) {
            keeper.deploy();
            keeper.awaitRunning();
            keeper.keep();

            flink.runningJobs.clear();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(flink.runningJobs).hasSize(4));
        }
    }

    @Test
    void aClusterThatIsNotThereIsAnError() {
        flink.close();

        assertThatThrownBy(() -> new FlinkRest(flink.url()).jobs()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> CityJob.named("trafic-job"))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("traffic-job");
    }

    private JobDeployment deployment() throws IOException {
        Path jar = directory.resolve("jobs.jar");
        Files.writeString(jar, "jar");
        return new JobDeployment(
                new FlinkRest(flink.url()), JobJar.of(jar), SETTINGS, new JobRecord(directory), said::add);
    }

    private List<String> runs() {
        return flink.requests.stream()
                .filter(request -> request.contains("/run "))
                .toList();
    }

    private String checkpoint(String jobId, int number) throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve("checkpoints/" + jobId + "/chk-" + number));
        Files.createFile(checkpoint.resolve("_metadata"));
        return checkpoint.toString();
    }
}
