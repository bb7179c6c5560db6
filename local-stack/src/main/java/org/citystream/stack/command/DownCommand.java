package org.citystream.stack.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.citystream.embedded.LeftBehindPostgres;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.state.RunningStacks;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.state.StackState;
import org.citystream.stack.state.StackState.ServiceState;
import org.citystream.stack.state.StateFile;
import org.citystream.stack.up.Services;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./city down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops a stack: exactly the processes that up started.")
public final class DownCommand implements Callable<Integer> {
    private static final Duration SUPERVISOR_LIMIT = Duration.ofSeconds(180);
    private static final Duration GRACE = Duration.ofSeconds(15);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private StackChoice choice = new StackChoice();

    @Override
    public Integer call() throws Exception {
        Optional<Running> running = choice.runningIfAny();
        if (running.isEmpty()) {
            say("no stack is running: nothing to stop");
            return 0;
        }
        Running stack = running.get();
        say("stopping the stack on " + stack.data().root());
        stack.state().supervisor().find().ifPresent(this::stopSupervisor);
        stopOrphans(stack);
        LeftBehindPostgres.stop(stack.data().postgres());
        new RunningStacks(Checkout.current()).remove(stack.data());
        say("stopped; the data stay in " + stack.data().root());
        return 0;
    }

    private void stopSupervisor(ProcessHandle supervisor) {
        supervisor.destroy();
        if (!exits(supervisor, SUPERVISOR_LIMIT)) {
            say("the supervisor " + supervisor.pid() + " does not stop; killing it, then its services one by one");
            supervisor.destroyForcibly();
            exits(supervisor, GRACE);
        }
    }

    /** What a supervisor that was killed has left. */
    private void stopOrphans(Running stack) throws IOException {
        StateFile file = new StateFile(stack.data().stateFile());
        StackState state = file.read().orElse(stack.state());
        for (List<String> group : Services.STOP_ORDER) {
            List<ProcessHandle> orphans = state.services().stream()
                    .filter(service -> group.contains(service.name()))
                    .flatMap(service -> service.alive().stream())
                    .toList();
            orphans.forEach(ProcessHandle::destroy);
            orphans.forEach(this::makeSureItEnds);
        }
        file.write(new StackState(
                "down",
                state.supervisor(),
                state.portOffset(),
                state.services().stream()
                        .map(service -> new ServiceState(
                                service.name(), "down", null, service.url(), "stopped", service.restarts()))
                        .toList()));
    }

    private void makeSureItEnds(ProcessHandle orphan) {
        if (exits(orphan, GRACE)) {
            return;
        }
        orphan.destroyForcibly();
        if (!exits(orphan, GRACE)) {
            throw new CityFailure(
                    "process " + orphan.pid() + " does not end", "end it by hand: kill -9 " + orphan.pid());
        }
    }

    private static boolean exits(ProcessHandle process, Duration limit) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void say(String line) {
        if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
        }
    }
}
