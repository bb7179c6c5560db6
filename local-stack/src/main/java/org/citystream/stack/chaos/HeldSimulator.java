package org.citystream.stack.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.state.StackState.ServiceState;

/**
 * The stack's own source, which stands still while the load of another one moves the clock. Afterwards it starts anew from
 * where the clock then stands: to catch up with days of clock would be a flood of late readings.
 */
final class HeldSimulator {
    private final List<ProcessHandle> processes;
    private final Path itsRun;

    private HeldSimulator(List<ProcessHandle> processes, Path itsRun) {
        this.processes = processes;
        this.itsRun = itsRun;
    }

    /** @throws CityFailure if the stack has none, and so takes the wall clock for its clock */
    static HeldSimulator of(Running stack) throws InterruptedException {
        Optional<ServiceState> simulator = stack.state().services().stream()
                .filter(service -> service.name().equals("simulator"))
                .findFirst();
        if (simulator.isEmpty()) {
            throw new CityFailure(
                    "this stack runs without a simulator, on the wall clock, which no simulated load can move",
                    "start it without --no-simulator, or send readings of your own and say --rate 0 --ledger DIR");
        }
        List<ProcessHandle> processes = simulator.get().alive().stream().toList();
        Signals.stop(processes);
        return new HeldSimulator(processes, stack.data().simulator().resolve("run.json"));
    }

    /** Its supervisor starts it again. */
    void release() {
        try {
            Files.deleteIfExists(itsRun);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + itsRun, e);
        } finally {
            processes.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
