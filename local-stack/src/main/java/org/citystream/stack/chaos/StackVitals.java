package org.citystream.stack.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.state.StackState.ServiceState;
import org.citystream.stack.state.StateFile;
import org.citystream.stack.vitals.JvmProbe;
import org.citystream.stack.vitals.Lag;
import org.citystream.stack.vitals.VitalsLog;

/** The vitals of a stack's services, taken between faults. */
final class StackVitals implements Interlude, Closeable {
    private final StateFile stateFile;
    private final FlinkRest flink;
    private final List<String> services;
    private final VitalsLog log;
    private final Consumer<String> say;

    private StackVitals(
            StateFile stateFile, FlinkRest flink, List<String> services, VitalsLog log, Consumer<String> say) {
        this.stateFile = stateFile;
        this.flink = flink;
        this.services = services;
        this.log = log;
        this.say = say;
    }

    /**
     * @param components whose vitals are taken; those that are no service of the stack have none
     * @param directory where they are written, as CSV
     */
    static StackVitals of(Running stack, List<Component> components, Path directory, Consumer<String> say)
            throws IOException {
        return new StackVitals(
                new StateFile(stack.data().stateFile()),
                new FlinkRest(stack.state().ports().flinkUrl()),
                components.stream().map(Component::name).toList(),
                VitalsLog.in(directory),
                say);
    }

    @Override
    public void play() throws InterruptedException {
        Instant now = Instant.now();
        for (ServiceState service :
                stateFile.read().map(state -> state.services()).orElse(List.of())) {
            Optional<ProcessHandle> process = service.alive();
            if (services.contains(service.name()) && process.isPresent()) {
                take(service.name(), process.get(), now);
            }
        }
        try {
            for (RunningJob job : flink.jobs()) {
                if (job.isFullyRunning()) {
                    take(job, now);
                }
            }
        } catch (IOException e) {
            say.accept("     not every job could be asked this time: " + e.getMessage());
        }
    }

    private void take(RunningJob job, Instant now) throws IOException, InterruptedException {
        log.add(flink.checkpointTimes(job.id()));
        OptionalLong pending = flink.pendingRecords(job.id());
        if (pending.isPresent()) {
            log.add(new Lag(now, job.name(), pending.getAsLong()));
        }
    }

    private void take(String service, ProcessHandle process, Instant now) {
        try {
            log.add(JvmProbe.take(service, process, now));
        } catch (IOException e) {
            say.accept("     no vitals of " + service + " this time: " + e.getMessage());
        }
    }

    /** The table of all that were taken. */
    List<String> lines() {
        return log.lines();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
