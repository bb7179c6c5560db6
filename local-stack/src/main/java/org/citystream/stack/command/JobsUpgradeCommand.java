package org.citystream.stack.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.stack.flink.CityJob;
import org.citystream.stack.flink.JobJar;
import org.citystream.stack.flink.JobUpgrade;
import org.citystream.stack.flink.Savepoints;
import org.citystream.stack.layout.Checkout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./city jobs upgrade}. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = {
            "Replaces running jobs, one after the other: stops each with a savepoint and starts the new jar from it, with the",
            "same arguments. If the new one does not run, or completes no checkpoint, the old jar goes on from the same",
            "savepoint, and the rest of the jobs are left as they are."
        })
final class JobsUpgradeCommand implements Callable<Integer> {
    @Mixin
    private FlinkChoice choice = new FlinkChoice();

    @Parameters(paramLabel = "JOB", arity = "0..*", description = "Default: all.")
    private @Nullable List<String> names;

    @Option(names = "--jar", paramLabel = "FILE", description = "The new job jar (default: the checkout's).")
    private @Nullable Path jar;

    @Option(
            names = "--previous-jar",
            paramLabel = "FILE",
            description = "The jar they run now, where the JobManager no longer has it.")
    private @Nullable Path previousJar;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the new jobs (default: as before).")
    private int parallelism;

    @Option(
            names = "--savepoint-dir",
            paramLabel = "URL",
            description = "Where savepoints go, as the cluster sees it (default: its own savepoint directory).")
    private @Nullable String savepointDirectory;

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            defaultValue = "PT2M",
            description = "By when a savepoint, a start, a first checkpoint must be done (default: ${DEFAULT-VALUE}).")
    private Duration within = Duration.ofMinutes(2);

    @Override
    public Integer call() throws InterruptedException {
        List<CityJob> jobs = CityJob.named(names);
        return choice.talking(flink -> {
            JobJar newJar = JobJar.of(jar == null ? Checkout.current().jobJar() : jar);
            JobJar oldJar = previousJar == null ? null : JobJar.of(previousJar);
            JobUpgrade upgrade = new JobUpgrade(
                    flink,
                    new Savepoints(flink, savepointDirectory, within),
                    within,
                    choice.record().orElse(null),
                    choice::say);
            for (CityJob job : jobs) {
                upgrade.upgrade(job, newJar, oldJar, parallelism);
            }
        });
    }
}
