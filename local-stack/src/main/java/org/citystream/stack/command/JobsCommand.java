package org.citystream.stack.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.CityJob;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.citystream.stack.flink.FlinkRest.Snapshot;
import org.citystream.stack.flink.JobEnd;
import org.citystream.stack.flink.Savepoints;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./city jobs}. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "The Flink jobs: traffic-job, air-quality-job, sensor-health-job, time-series-job.",
        subcommands = {JobsDeployCommand.class, JobsUpgradeCommand.class})
public final class JobsCommand extends CommandGroup {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LINE = "%-20s %-12s %-8s %-32s %-24s %s";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the jobs the JobManager knows, newest first, with their newest checkpoint.")
    int list(@Mixin FlinkChoice choice) throws InterruptedException {
        return choice.talking(flink -> {
            say(String.format(Locale.ROOT, LINE, "JOB", "STATE", "TASKS", "ID", "SINCE", "CHECKPOINT"));
            for (RunningJob job : flink.jobs()) {
                say(String.format(
                        Locale.ROOT,
                        LINE,
                        job.name(),
                        job.state(),
                        job.runningTasks() + "/" + job.tasks(),
                        job.id(),
                        Instant.ofEpochMilli(job.startedAtMillis()),
                        checkpoint(flink, job)));
            }
        });
    }

    private static String checkpoint(FlinkRest flink, RunningJob job) throws IOException, InterruptedException {
        Optional<Snapshot> latest = flink.latestSnapshot(job.id());
        return latest.isEmpty()
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%d s ago, %.1f MB",
                        Duration.between(Instant.ofEpochMilli(latest.get().takenAtMillis()), Instant.now())
                                .toSeconds(),
                        latest.get().bytes() / 1e6);
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Ends jobs; up and deploy continue them from their last checkpoint.")
    int cancel(
            @Mixin FlinkChoice choice,
            @Parameters(paramLabel = "JOB", arity = "0..*", description = "Default: all.") @Nullable List<String> names)
            throws InterruptedException {
        List<CityJob> jobs = CityJob.named(names);
        return choice.talking(flink -> {
            JobEnd end = new JobEnd(flink, LIMIT);
            for (RunningJob job : running(flink, jobs)) {
                end.cancel(job.id());
                say(job.name() + " is cancelled");
            }
        });
    }

    @Command(
            name = "savepoint",
            mixinStandardHelpOptions = true,
            description = "Takes savepoints of jobs, which go on; deploy --from starts from one.")
    int savepoint(
            @Mixin FlinkChoice choice,
            @Parameters(paramLabel = "JOB", arity = "0..*", description = "Default: all.") @Nullable List<String> names,
            @Option(
                            names = "--savepoint-dir",
                            paramLabel = "URL",
                            description = "Where to, as the cluster sees it (default: its own savepoint directory).")
                    @Nullable String directory)
            throws InterruptedException {
        List<CityJob> jobs = CityJob.named(names);
        return choice.talking(flink -> {
            Savepoints savepoints = new Savepoints(flink, directory, LIMIT);
            List<RunningJob> running = running(flink, jobs);
            if (running.isEmpty()) {
                throw new CityFailure("none of these jobs runs", "look at them: ./city jobs list");
            }
            for (RunningJob job : running) {
                say(job.name() + "  " + savepoints.take(CityJob.named(job.name()), job.id()));
            }
        });
    }

    private static List<RunningJob> running(FlinkRest flink, List<CityJob> jobs)
            throws IOException, InterruptedException {
        return flink.jobs().stream()
                .filter(job -> !job.isOver()
                        && jobs.stream().anyMatch(wanted -> wanted.jobName().equals(job.name())))
                .toList();
    }
}
