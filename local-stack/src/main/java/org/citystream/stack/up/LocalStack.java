package org.citystream.stack.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.CityJob;
import org.citystream.stack.flink.FlinkConfiguration;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.flink.JobDeployment;
import org.citystream.stack.flink.JobJar;
import org.citystream.stack.flink.JobKeeper;
import org.citystream.stack.flink.JobRecord;
import org.citystream.stack.flink.JobSettings;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.FreshDirectory;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.process.ArchiveMaker;
import org.citystream.stack.process.ServiceSpec;
import org.citystream.stack.process.Supervisor;
import org.citystream.stack.state.ProcessIdentity;
import org.citystream.stack.state.StackState;
import org.citystream.stack.state.StackState.ServiceState;
import org.citystream.stack.state.StateFile;

/** The whole pipeline on this machine: its processes and its jobs. */
public final class LocalStack {
    /** By then the simulated past has been worked off and alerts are out. */
    private static final Duration ARCHIVES_DELAY = Duration.ofSeconds(60);

    private final DataDirectory data;
    private final Ports ports;
    private final Consumer<String> progress;
    private final StateFile stateFile;
    private final Supervisor supervisor;
    private final JobKeeper jobs;
    private final CompletableFuture<Void> jobsRunning = new CompletableFuture<>();
    private final ArchiveMaker archives;
    private volatile String phase = "starting";

    /** @param breakable whether brokers and stores are reached by lines that can be told to fail */
    public LocalStack(
            Checkout checkout,
            DataDirectory data,
            Ports ports,
            Source source,
            boolean breakable,
            Consumer<String> progress) {
        this.data = data;
        this.ports = ports;
        this.progress = progress;
        this.stateFile = new StateFile(data.stateFile());
        prepare(checkout, data);
        List<ServiceSpec> specs = new Services(checkout, data, ports, breakable).all(source);
        this.supervisor = new Supervisor(specs, Map.of(Services.JOBS, jobsRunning), this::write);
        this.archives = new ArchiveMaker(specs);
        this.jobs = jobs(checkout, breakable);
    }

    private void prepare(Checkout checkout, DataDirectory data) {
        try {
            Files.createDirectories(checkout.archives());
            Files.createDirectories(data.run());
            Files.createDirectories(data.logs());
            FreshDirectory.make(data.temporary());
            FlinkConfiguration.write(data.flink(), ports);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + data.root(), e);
        }
    }

    private JobKeeper jobs(Checkout checkout, boolean breakable) {
        FlinkRest flink = new FlinkRest(ports.flinkUrl());
        JobSettings settings = new JobSettings(
                ports.kafkaBootstrap(),
                breakable ? "http://127.0.0.1:" + ports.questDbLine() : ports.questDbUrl(),
                data.influxTokenFile().toString());
        JobRecord record = new JobRecord(data.flink());
        JobDeployment deployment =
                new JobDeployment(flink, JobJar.onClassPath(checkout.jobJar()), settings, record, progress);
        return new JobKeeper(flink, deployment, record, progress);
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
        deployWhenReady(begun);
        // The simulator needs the jobs, so a deployment that fails shows here too.
        supervisor.awaitAllReady();
        await(jobsRunning);
        jobs.keep();
        archives.start(ARCHIVES_DELAY);
        enter("up");
    }

    private void deployWhenReady(long begun) {
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
                        jobsRunning.complete(null);
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        jobsRunning.completeExceptionally(deploymentFailure(e));
                    }
                },
                "deploy-jobs");
        thread.setDaemon(true);
        thread.start();
    }

    private static CityFailure deploymentFailure(Exception e) {
        return e instanceof CityFailure failure
                ? failure
                : new CityFailure("the jobs could not be deployed: " + e, "read ./city logs flink-jobmanager", e);
    }

    private static void await(CompletableFuture<Void> milestone) throws InterruptedException {
        try {
            milestone.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CityFailure failure ? failure : new IllegalStateException(e);
        }
    }

    private static String line(String name, String state, Duration duration) {
        return String.format(Locale.ROOT, "  %-18s %-8s after %4.1f s", name, state, duration.toMillis() / 1000.0);
    }

    /** Stops everything in order. Returns when all is gone. */
    public void stop(String finalPhase) {
        jobs.close();
        try {
            enter("stopping");
        } finally {
            // Whether that can be written or not.
            stopServices();
        }
        enter(finalPhase);
    }

    private void stopServices() {
        try {
            archives.close();
            supervisor.stop(Services.STOP_ORDER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
