package org.citystream.stack.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citystream.embedded.PostgresProcess;
import org.citystream.stack.flink.CityJob;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.process.Readiness;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.state.StackState.ServiceState;
import org.citystream.stack.state.StateFile;
import org.citystream.stack.up.Services;

/** The services of a stack that {@code ./city up} runs, all but its source of readings. */
final class StackPipeline {
    private static final Set<String> ON_THE_WAY_IN =
            Set.of("gateway", "mqtt", "kafka", "line-to-mqtt", "line-to-kafka");

    private final StateFile stateFile;
    private final Path postgres;
    private final Ports ports;
    private final FlinkRest flink;

    private StackPipeline(Running stack) {
        this.stateFile = new StateFile(stack.data().stateFile());
        this.postgres = stack.data().postgres();
        this.ports = stack.state().ports();
        this.flink = new FlinkRest(ports.flinkUrl());
    }

    static List<Component> of(Running stack) {
        StackPipeline pipeline = new StackPipeline(stack);
        boolean breakable = stack.state().services().stream()
                .anyMatch(service -> service.name().equals(Services.LINES));
        return Stream.concat(pipeline.services().stream(), breakable ? pipeline.lines().stream() : Stream.empty())
                .toList();
    }

    /** Whether readings pass through the component of that name between their sensors and Kafka. */
    static boolean isOnTheWayIn(String component) {
        return ON_THE_WAY_IN.contains(component);
    }

    private List<Component> lines() {
        URI control = URI.create("http://127.0.0.1:" + ports.lines());
        return List.of(
                new LineComponent(
                        "mqtt", control, Readiness.http(ports.gatewayUrl() + "/health/ready"), Proof.READINGS),
                new LineComponent("kafka", control, this::jobs, Proof.SUMMARIES),
                new LineComponent(
                        "postgres", control, Readiness.http(ports.alertingUrl() + "/health/ready"), Proof.READY),
                new LineComponent("timeseries", control, this::jobs, Proof.READY));
    }

    private List<Component> services() {
        Readiness alerting = Readiness.http(ports.alertingUrl() + "/health/ready");
        return List.of(
                component("gateway", Proof.READINGS, Readiness.http(ports.gatewayUrl() + "/health/ready")),
                component("mqtt", Proof.READINGS, Readiness.alive()),
                component("kafka", Proof.SUMMARIES, Readiness.alive()),
                component("flink-jobmanager", Proof.SUMMARIES, this::jobs),
                component("flink-taskmanager", Proof.SUMMARIES, this::jobs),
                new StackComponent("postgres", Proof.READY, state("postgres"), this::postgres, alerting),
                component("alerting", Proof.READY, alerting),
                component("timeseries", Proof.READY, Readiness.http(ports.questDbUrl() + "/ping")),
                component("dashboard", Proof.READY, Readiness.http(ports.dashboardUrl() + "/health/ready")));
    }

    private StackComponent component(String name, Proof proof, Readiness works) {
        Supplier<Optional<ServiceState>> state = state(name);
        return new StackComponent(name, proof, state, () -> state.get().flatMap(ServiceState::alive), works);
    }

    private Supplier<Optional<ServiceState>> state(String name) {
        return () -> stateFile.read().stream()
                .flatMap(stack -> stack.services().stream())
                .filter(service -> service.name().equals(name))
                .findFirst();
    }

    private Optional<ProcessHandle> postgres() {
        try {
            return PostgresProcess.of(postgres);
        } catch (IOException e) {
            // It is just writing its lock file, or has just taken it away.
            return Optional.empty();
        }
    }

    private Optional<String> jobs() {
        try {
            List<RunningJob> running = flink.jobs();
            return CityJob.all().stream()
                    .map(CityJob::jobName)
                    .filter(name -> running.stream().noneMatch(job -> job.name().equals(name) && job.isFullyRunning()))
                    .findFirst()
                    .map(name -> name + " does not run");
        } catch (IOException e) {
            return Optional.of("the JobManager does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
