package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.process.Readiness;
import org.citystream.stack.state.ProcessIdentity;
import org.citystream.stack.state.StackState.ServiceState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sleeping process stands for a service. */
@Timeout(30)
class StackComponentTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private @Nullable ServiceState state;
    private final StackComponent component = new StackComponent(
            "gateway",
            Proof.READINGS,
            () -> Optional.ofNullable(state),
            () -> Optional.ofNullable(state).flatMap(ServiceState::alive),
            Readiness.alive());

    @AfterEach
    void endAll() {
        alive().ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aKilledProcessIsNoRecoveryOnlyItsSuccessorIs() throws Exception {
        start("up");
        ProcessHandle first = alive().orElseThrow();
        assertThat(component.problem()).isEmpty();

        component.inflict(FaultKind.KILL);

        assertThat(component.problem()).isPresent();
        await().atMost(SOON).until(() -> !first.isAlive());
        assertThat(component.problem()).contains("does not run");
        start("starting");
        assertThat(component.problem()).contains("ok");
        state = new ServiceState("gateway", "up", identity(), "", "ok", 1);
        assertThat(component.problem()).isEmpty();
    }

    @Test
    void aPausedProcessStandsStillUntilItIsRelieved() throws Exception {
        start("up");
        long pid = alive().orElseThrow().pid();

        component.inflict(FaultKind.PAUSE);
        await().atMost(SOON).until(() -> status(pid) == 'T');

        component.relieve();
        await().atMost(SOON).until(() -> status(pid) != 'T');
        component.relieve();
    }

    @Test
    void aRestartIsATerm() throws Exception {
        start("up");
        ProcessHandle process = alive().orElseThrow();

        component.inflict(FaultKind.RESTART);

        await().atMost(SOON).until(() -> !process.isAlive());
    }

    @Test
    void whatDoesNotRunCannotBeBroken() {
        assertThatThrownBy(() -> component.inflict(FaultKind.KILL))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("there is no process of gateway to break");
    }

    private void start(String told) throws IOException {
        ProcessHandle process = new ProcessBuilder("sleep", "60").start().toHandle();
        state = new ServiceState("gateway", told, ProcessIdentity.of(process), "", "ok", 0);
    }

    private @Nullable ProcessIdentity identity() {
        return state == null ? null : state.process();
    }

    private Optional<ProcessHandle> alive() {
        return Optional.ofNullable(state).flatMap(ServiceState::alive);
    }

    /** The letter behind the name in {@code /proc/PID/stat}. */
    private static char status(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }
}
