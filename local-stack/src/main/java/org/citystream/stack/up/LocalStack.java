package org.citystream.stack.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.CityJob;
import org.citystream.stack.flink.FlinkConfiguration;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.flink.JobDeployment;
import org.citystream.stack.flink.JobKeeper;
import org.citystream.stack.flink.JobRecord;
import org.citystream.stack.flink.JobSettings;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.process.ServiceSpec;
import org.citystream.stack.process.Supervisor;
import org.citystream.stack.state.ProcessIdentity;
import org.citystream.stack.state.StackState;
import org.citystream.stack.state.StackState.ServiceState;
import org.citystream.stack.state.StateFile;

/** The whole pipeline on this machine: its processes and its jobs. */
public final class LocalStack {
    private final DataDirectory data;
    private final Ports ports;
    private final Consumer<String> progress;
    private final StateFile stateFile;
    private final Supervisor supervisor;
    private final JobKeeper jobs;
    private volatile String phase = "starting";

    public LocalStack(Checkout checkout, DataDirectory data, Ports ports, Source source, Consumer<String> progress) {
        this.data = data;
        this.ports = ports;
        this.progress = progress;
        this.stateFile = new StateFile(data.stateFile());
        prepare(checkout, data);
        List<ServiceSpec> specs = new Services(checkout, data, ports).all(source);
        this.supervisor = new Supervisor(specs, this::write);
        this.jobs = jobs(checkout);
    }

    private void prepare(Checkout checkout, DataDirectory data) {
        try {
            Files.createDirectories(checkout.archives());
            Files.createDirectories(data.run());
            Files.createDirectories(data.logs());
            FlinkConfiguration.write(data.flink(), ports);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + data.root(), e);
        }
    }

    private JobKeeper jobs(Checkout checkout) {
        FlinkRest flink = new FlinkRest(ports.flinkUrl());
        JobSettings settings =
                new JobSettings(ports.kafkaBootstrap(), ports.questDbUrl(), DataDirectory.read(data.influxTokenFile()));
        JobDeployment deployment =
                new JobDeployment(flink, checkout.jobJar(), settings, new JobRecord(data.flink()), progress);
        return new JobKeeper(flink, deployment, progress);
    }

    private void write(List<ServiceState> services) {
        stateFile.write(new StackState(phase, ProcessIdentity.current(), ports.offset(), services));
    }

    private void enter(String newPhase) {
        phase = newPhase;
        write(supervisor.states());
    }

    /**
     * Starts everything; returns when every service is ready and every job runs.
     *
     * @throws CityFailure if something does not come up; call {@link #stop} then too
     */
    public void start() throws InterruptedException {
        long begun = System.nanoTime();
        enter("starting");
        supervisor.whenReady((name, duration) -> progress.accept(line(name, "up", duration)));
        supervisor.start();
        CompletableFuture<Void> deployed = deployWhenReady(begun);
        supervisor.awaitAllReady();
        await(deployed);
        jobs.keep();
        enter("up");
    }

    private CompletableFuture<Void> deployWhenReady(long begun) {
        CompletableFuture<Void> deployed = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        supervisor.awaitReady("kafka");
                        supervisor.awaitReady("flink-taskmanager");
                        jobs.deploy();
                        jobs.awaitRunning();
                        progress.accept(line(
                                CityJob.all().size() + " jobs",
                                "running",
                                Duration.ofNanos(System.nanoTime() - begun)));
                        deployed.complete(null);
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        deployed.completeExceptionally(e);
                    }
                },
                "deploy-jobs");
        thread.setDaemon(true);
        thread.start();
        return deployed;
    }

    private static void await(CompletableFuture<Void> deployed) throws InterruptedException {
        try {
            deployed.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CityFailure failure) {
                throw failure;
            }
            throw new CityFailure(
                    "the jobs could not be deployed: " + e.getCause(), "read ./city logs flink-jobmanager", e);
        }
    }

    private static String line(String name, String state, Duration duration) {
        return String.format(Locale.ROOT, "  %-18s %-8s after %4.1f s", name, state, duration.toMillis() / 1000.0);
    }

    /** Stops everything in order. Returns when all is gone. */
    public void stop(String finalPhase) {
        jobs.close();
        enter("stopping");
        try {
            supervisor.stop(Services.STOP_ORDER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        enter(finalPhase);
    }
}
