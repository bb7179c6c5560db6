package org.citystream.stack.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citystream.service.kafka.BrokerAddresses;
import org.citystream.stack.flink.CityJob;
import org.citystream.stack.flink.JobDeployment;
import org.citystream.stack.flink.JobJar;
import org.citystream.stack.flink.JobSettings;
import org.citystream.stack.flink.JobStartWatch;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.state.RunningStacks.Running;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code ./city jobs deploy}. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Starts jobs that are not running, and waits until they run. They continue where their last run ended, if the",
            "local stack or the JobManager still knows that. Jobs that run are left alone."
        })
final class JobsDeployCommand implements Callable<Integer> {
    @Mixin
    private FlinkChoice choice = new FlinkChoice();

    @Parameters(paramLabel = "JOB", arity = "0..*", description = "Default: all.")
    private @Nullable List<String> names;

    @Option(names = "--jar", paramLabel = "FILE", description = "The job jar (default: the checkout's).")
    private @Nullable Path jar;

    @Option(
            names = "--kafka",
            converter = BrokerAddresses.class,
            paramLabel = "HOST:PORT,...",
            description = "The jobs' Kafka; needed with --flink.")
    private @Nullable String kafka;

    @Option(names = "--influx-url", paramLabel = "URL", description = "time-series-job's store; needed with --flink.")
    private @Nullable String influxUrl;

    @Option(
            names = "--influx-token-file",
            paramLabel = "FILE",
            description = "File with the store's token, on the TaskManagers (default: no token).")
    private @Nullable String influxTokenFile;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A further argument of the jobs, such as horizon=PT6H; docs/jobs.md lists them.")
    private Map<String, String> more = Map.of();

    @Option(names = "--parallelism", paramLabel = "N", defaultValue = "0", description = "Default: the cluster's own.")
    private int parallelism;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description = "Checkpoint or savepoint to continue from, as the cluster sees it; for one job.")
    private @Nullable String from;

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            defaultValue = "PT2M",
            description = "By when the jobs must run (default: ${DEFAULT-VALUE}).")
    private Duration within = Duration.ofMinutes(2);

    @Override
    public Integer call() throws InterruptedException {
        List<CityJob> jobs = CityJob.named(names);
        if (from != null && jobs.size() != 1) {
            throw wrong("--from is for one job: name it");
        }
        JobSettings settings = settings(jobs);
        return choice.talking(flink -> {
            JobJar jobJar = JobJar.of(jar == null ? Checkout.current().jobJar() : jar);
            JobDeployment deployment =
                    new JobDeployment(flink, jobJar, settings, choice.record().orElse(null), choice::say);
            Map<CityJob, String> ids = from == null
                    ? deployment.deploy(jobs)
                    : Map.of(jobs.get(0), deployment.deployFrom(jobs.get(0), from));
            new JobStartWatch(flink, within, choice::say).awaitRunning(ids);
        });
    }

    private JobSettings settings(List<CityJob> jobs) {
        if (!choice.isElsewhere()) {
            Running stack = choice.stack();
            Ports ports = stack.state().ports();
            return new JobSettings(
                    ports.kafkaBootstrap(),
                    ports.questDbUrl(),
                    stack.data().influxTokenFile().toString(),
                    more,
                    parallelism);
        }
        boolean needsStore = jobs.contains(CityJob.TIME_SERIES);
        if (kafka == null || needsStore && influxUrl == null) {
            throw wrong("with --flink say also --kafka" + (needsStore ? " and, for time-series-job, --influx-url" : "")
                    + ", as the jobs will see them");
        }
        return new JobSettings(kafka, influxUrl == null ? "" : influxUrl, influxTokenFile, more, parallelism);
    }

    private ParameterException wrong(String why) {
        return new ParameterException(choice.command().commandLine(), why);
    }
}
