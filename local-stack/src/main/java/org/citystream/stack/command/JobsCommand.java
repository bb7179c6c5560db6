package org.citystream.stack.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.CityJob;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.citystream.stack.flink.JobDeployment;
import org.citystream.stack.flink.JobRecord;
import org.citystream.stack.flink.JobSettings;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.state.RunningStacks.Running;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city jobs}. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "The Flink jobs: traffic-job, air-quality-job, sensor-health-job, time-series-job.")
public final class JobsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(command().commandLine(), "say what to do: jobs deploy, jobs list or jobs cancel");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the jobs the JobManager knows, newest first.")
    int list(@Mixin StackChoice choice, @Option(names = "--flink", paramLabel = "URL") @Nullable String url)
            throws InterruptedException {
        return talking(url, choice, flink -> {
            PrintWriter out = command().commandLine().getOut();
            out.printf(Locale.ROOT, "%-20s %-12s %-8s %-34s %s%n", "JOB", "STATE", "TASKS", "ID", "SINCE");
            for (RunningJob job : flink.jobs()) {
                out.printf(
                        Locale.ROOT,
                        "%-20s %-12s %-8s %-34s %s%n",
                        job.name(),
                        job.state(),
                        job.runningTasks() + "/" + job.tasks(),
                        job.id(),
                        Instant.ofEpochMilli(job.startedAtMillis()));
            }
            out.flush();
        });
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Ends jobs; up and deploy continue them from their last checkpoint.")
    int cancel(
            @Mixin StackChoice choice,
            @Parameters(paramLabel = "JOB", arity = "0..*", description = "Default: all.") @Nullable List<String> names,
            @Option(names = "--flink", paramLabel = "URL") @Nullable String url)
            throws InterruptedException {
        List<CityJob> jobs = named(names);
        return talking(url, choice, flink -> {
            for (RunningJob job : flink.jobs()) {
                if (!job.isOver()
                        && jobs.stream().anyMatch(wanted -> wanted.jobName().equals(job.name()))) {
                    flink.cancel(job.id());
                    say(job.name() + " is being cancelled");
                }
            }
        });
    }

    @Command(
            name = "deploy",
            mixinStandardHelpOptions = true,
            description = {
                "Starts jobs that are not running: on the local stack, or on any cluster that --flink names. Locally they",
                "continue from their latest checkpoint."
            })
    int deploy(
            @Mixin StackChoice choice,
            @Parameters(paramLabel = "JOB", arity = "0..*", description = "Default: all.") @Nullable List<String> names,
            @Option(names = "--flink", paramLabel = "URL", description = "REST address of another cluster.") @Nullable String url,
            @Option(names = "--kafka", paramLabel = "HOST:PORT,...", description = "Its Kafka; needed with --flink.")
                    @Nullable String kafka,
            @Option(names = "--influx-url", paramLabel = "URL", description = "Its store; needed with --flink.")
                    @Nullable String influxUrl,
            @Option(names = "--influx-token-file", paramLabel = "FILE", description = "The store's token.") @Nullable Path influxTokenFile)
            throws InterruptedException {
        List<CityJob> jobs = named(names);
        if (url != null && (kafka == null || influxUrl == null)) {
            throw new ParameterException(
                    command().commandLine(),
                    "with --flink say also --kafka and --influx-url, as the jobs will see them");
        }
        JobSettings settings;
        @Nullable JobRecord record = null;
        if (url == null) {
            Running stack = choice.running();
            Ports ports = stack.state().ports();
            settings = new JobSettings(
                    ports.kafkaBootstrap(),
                    ports.questDbUrl(),
                    DataDirectory.read(stack.data().influxTokenFile()));
            record = new JobRecord(stack.data().flink());
        } else {
            settings = new JobSettings(
                    String.valueOf(kafka),
                    String.valueOf(influxUrl),
                    influxTokenFile == null ? "none" : DataDirectory.read(influxTokenFile));
        }
        @Nullable JobRecord known = record;
        return talking(url, choice, flink -> {
            Map<CityJob, String> ids =
                    new JobDeployment(flink, Checkout.current().jobJar(), settings, known, this::say).deploy(jobs);
            ids.forEach((job, id) -> say(job.jobName() + "  " + id));
        });
    }

    private static List<CityJob> named(@Nullable List<String> names) {
        return names == null || names.isEmpty()
                ? CityJob.all()
                : names.stream().map(CityJob::named).toList();
    }

    /** What is done with Flink. */
    @FunctionalInterface
    private interface Talk {
        void with(FlinkRest flink) throws IOException, InterruptedException;
    }

    private int talking(@Nullable String url, StackChoice choice, Talk talk) throws InterruptedException {
        String address = url == null ? choice.running().state().ports().flinkUrl() : url;
        try {
            talk.with(new FlinkRest(address));
            return 0;
        } catch (IOException e) {
            throw new CityFailure(
                    "Flink at " + address + ": " + e, "check that it runs there: curl " + address + "/overview", e);
        }
    }

    private void say(String line) {
        command().commandLine().getOut().println(line);
        command().commandLine().getOut().flush();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}
