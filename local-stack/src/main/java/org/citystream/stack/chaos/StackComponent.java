package org.citystream.stack.chaos;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.process.Readiness;
import org.citystream.stack.state.StackState.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * A service of a local stack, which its supervisor starts again. Where the work is done by a process of its own, as
 * PostgreSQL's is, that one is killed and paused, together with its children.
 */
final class StackComponent implements Component {
    private final String name;
    private final Proof proof;
    private final Supplier<Optional<ServiceState>> state;
    private final Supplier<Optional<ProcessHandle>> worker;
    private final Readiness works;
    private @Nullable ProcessHandle victim;
    private volatile List<ProcessHandle> paused = List.of();

    /**
     * @param state as the supervisor last told it
     * @param worker the process that does the work
     * @param works asked whether it does
     */
    StackComponent(
            String name,
            Proof proof,
            Supplier<Optional<ServiceState>> state,
            Supplier<Optional<ProcessHandle>> worker,
            Readiness works) {
        this.name = name;
        this.proof = proof;
        this.state = state;
        this.worker = worker;
        this.works = works;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<FaultKind> faults() {
        return EnumSet.of(FaultKind.KILL, FaultKind.PAUSE, FaultKind.RESTART);
    }

    @Override
    public void inflict(FaultKind kind) throws InterruptedException {
        ProcessHandle process = running(worker.get());
        switch (kind) {
            case KILL -> {
                victim = process;
                process.destroyForcibly();
            }
            case RESTART -> {
                victim = process;
                running(state.get().flatMap(ServiceState::alive)).destroy();
            }
            case PAUSE -> {
                paused =
                        Stream.concat(Stream.of(process), process.descendants()).toList();
                Signals.stop(paused);
            }
            default -> throw new IllegalArgumentException(kind.wireName() + " is nothing that a process has");
        }
    }

    private ProcessHandle running(Optional<ProcessHandle> process) {
        return process.filter(ProcessHandle::isAlive)
                .orElseThrow(() -> new CityFailure(
                        "there is no process of " + name + " to break",
                        "look at ./city status and ./city logs " + name));
    }

    @Override
    public void relieve() throws InterruptedException {
        Signals.carryOn(paused);
        paused = List.of();
    }

    @Override
    public Optional<String> problem() {
        Optional<ServiceState> told = state.get();
        Optional<ProcessHandle> process = worker.get().filter(ProcessHandle::isAlive);
        if (told.isEmpty() || process.isEmpty()) {
            return Optional.of("does not run");
        }
        if (process.equals(Optional.ofNullable(victim))) {
            return Optional.of("has not ended yet");
        }
        return told.get().state().equals("up")
                ? works.problem()
                : Optional.of(told.get().health());
    }

    @Override
    public Proof proof() {
        return proof;
    }
}
