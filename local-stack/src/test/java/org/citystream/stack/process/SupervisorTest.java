package org.citystream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.state.StackState.ServiceState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shell scripts stand for services. */
@Timeout(60)
class SupervisorTest {
    private static final String READY_THEN_WAIT = "touch READY; exec sleep 600";

    @TempDir
    Path directory;

    private final CompletableFuture<Void> jobsRunning = new CompletableFuture<>();
    private @Nullable Supervisor supervisor;

    @AfterEach
    void stopAll() throws InterruptedException {
        if (supervisor != null) {
            supervisor.stop(List.of(List.of("store", "gateway", "simulator")));
        }
    }

    @Test
    void aServiceStartsOnlyWhenWhatItNeedsIsReady() throws Exception {
        start(
                service("store", "sleep 0.3; touch READY; touch store-was-ready; exec sleep 600"),
                needing("gateway", "test -f store-was-ready || exit 1; " + READY_THEN_WAIT, "store"));

        supervisor().awaitAllReady();

        assertThat(states()).extracting(ServiceState::state).containsExactly("up", "up");
        assertThat(states()).extracting(ServiceState::restarts).containsExactly(0, 0);
    }

    @Test
    void aServiceCanNeedAMilestoneOfTheStack() throws Exception {
        start(service("store", READY_THEN_WAIT), needing("simulator", READY_THEN_WAIT, "jobs"));
        supervisor().awaitReady("store");
        assertThat(state("simulator").state()).isEqualTo("down");

        jobsRunning.complete(null);

        supervisor().awaitAllReady();
        assertThat(state("simulator").state()).isEqualTo("up");
    }

    @Test
    void aMilestoneThatIsNotReachedFailsWhatNeedsIt() {
        start(service("store", READY_THEN_WAIT), needing("simulator", READY_THEN_WAIT, "jobs"));

        jobsRunning.completeExceptionally(new CityFailure("no slots left", "give the TaskManager more"));

        assertThatThrownBy(() -> supervisor().awaitAllReady()).hasMessageContaining("no slots left");
        assertThat(state("simulator").health()).isEqualTo("what it needs did not start");
    }

    @Test
    void aServiceThatIsKilledIsStartedAgainAndItsRestartCounted() throws Exception {
        start(service("store", READY_THEN_WAIT));
        supervisor().awaitAllReady();
        ProcessHandle first = process("store");

        first.destroyForcibly();

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(state("store").state()).isEqualTo("up");
            assertThat(state("store").restarts()).isEqualTo(1);
        });
        assertThat(process("store").pid()).isNotEqualTo(first.pid());
    }

    /** So it starts from a class-data archive that was made meanwhile. */
    @Test
    void aServiceThatIsStartedAgainIsGivenTheCommandOfThatTime() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        ServiceSpec store = service("store", READY_THEN_WAIT);
        start(new ServiceSpec(
                store.name(),
                () -> List.of(
                        "sh",
                        "-c",
                        "touch " + directory + "/start-" + starts.incrementAndGet() + "; "
                                + store.command().get().get(2)),
                store.environment(),
                store.log(),
                store.url(),
                store.needs(),
                store.readiness(),
                store.mayFinish(),
                store.archive()));
        supervisor().awaitAllReady();
        assertThat(directory.resolve("start-2")).doesNotExist();

        process("store").destroyForcibly();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(directory.resolve("start-2")));
    }

    @Test
    void whatAKilledProcessHasLeftDoesNotSpeakForTheNext() throws Exception {
        start(service("store", "test -f second && sleep 1; touch second; " + READY_THEN_WAIT));
        supervisor().awaitAllReady();

        process("store").destroyForcibly();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state("store").restarts() == 1
                        && !state("store").state().equals("down"));
        assertThat(state("store").state()).as("until it says so itself").isEqualTo("starting");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> state("store").state().equals("up"));
    }

    @Test
    void aServiceThatNeverComesUpIsGivenUpWithTheEndOfItsLog() {
        start(service("store", "echo the disk is broken; exit 1"));

        assertThatThrownBy(() -> supervisor().awaitAllReady())
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("store ended with exit code 1")
                .hasMessageContaining("| the disk is broken")
                .hasMessageContaining("what to do: read the whole log");
        assertThat(state("store").restarts()).isEqualTo(3);
    }

    @Test
    void aWrongConfigurationIsNotTriedAgain() {
        start(service("store", "exit 2"));

        assertThatThrownBy(() -> supervisor().awaitAllReady()).isInstanceOf(CityFailure.class);
        assertThat(state("store").restarts()).isEqualTo(1);
    }

    @Test
    void aReplayThatHasFinishedIsNotStartedAgain() throws Exception {
        start(new ServiceSpec(
                "simulator",
                () -> List.of("sh", "-c", "exit 0"),
                Map.of(),
                directory.resolve("simulator.log"),
                "",
                List.of(),
                Readiness.file(directory.resolve("never")),
                true,
                noArchive()));

        supervisor().awaitAllReady();

        assertThat(state("simulator").health()).isEqualTo("finished");
        assertThat(state("simulator").restarts()).isZero();
    }

    @Test
    void stopEndsGroupsInOrderAndNothingComesBack() throws Exception {
        start(
                service(
                        "store",
                        "trap 'test -f gateway-ended && touch in-order; exit 0' TERM; touch READY;"
                                + " while :; do sleep 0.05; done"),
                service(
                        "gateway",
                        "trap 'touch gateway-ended; exit 0' TERM; touch READY; while :; do sleep 0.05; done"));
        supervisor().awaitAllReady();
        ProcessHandle store = process("store");

        supervisor().stop(List.of(List.of("gateway"), List.of("store")));

        assertThat(directory.resolve("in-order")).exists();
        assertThat(store.isAlive()).isFalse();
        assertThat(states()).extracting(ServiceState::state).containsOnly("down");
        assertThat(states()).extracting(ServiceState::restarts).containsOnly(0);
    }

    private Supervisor supervisor() {
        return Objects.requireNonNull(supervisor);
    }

    private void start(ServiceSpec... specs) {
        supervisor = new Supervisor(List.of(specs), Map.of("jobs", jobsRunning), states -> {});
        supervisor.start();
    }

    private List<ServiceState> states() {
        return supervisor().states();
    }

    private ServiceState state(String name) {
        return states().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ProcessHandle process(String name) {
        return state(name).alive().orElseThrow();
    }

    private ServiceSpec service(String name, String script) {
        return spec(name, script, List.of());
    }

    private ServiceSpec needing(String name, String script, String need) {
        return spec(name, script, List.of(need));
    }

    private ServiceSpec spec(String name, String script, List<String> needs) {
        Path ready = directory.resolve(name + ".ready");
        return new ServiceSpec(
                name,
                () -> List.of("sh", "-c", "cd " + directory + "; " + script.replace("READY", ready.toString())),
                Map.of(),
                directory.resolve(name + ".log"),
                "",
                needs,
                Readiness.file(ready),
                false,
                noArchive());
    }

    private ClassDataArchive noArchive() {
        try {
            Path archives = Files.createDirectories(directory.resolve("archives"));
            return ClassDataArchive.of(archives, "shell", List.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
