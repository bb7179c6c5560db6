package org.citystream.stack.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.jspecify.annotations.Nullable;

/** Follows jobs that were just started until every task of them runs, and tells what keeps them from it. */
public final class JobStartWatch {
    /** After so many failures a job that does not run is given up: once may be the cluster's fault. */
    private static final int FAILURES = 3;

    private static final Duration POLL = Duration.ofMillis(200);

    private final FlinkRest flink;
    private final Duration limit;
    private final Consumer<String> progress;

    public JobStartWatch(FlinkRest flink, Duration limit, Consumer<String> progress) {
        this.flink = flink;
        this.limit = limit;
        this.progress = progress;
    }

    /**
     * Returns when all tasks of all of these jobs run.
     *
     * @param ids of jobs that were just started
     * @throws CityFailure if one ends, fails time and again, or does not run within the limit; with Flink's reason
     */
    public void awaitRunning(Map<CityJob, String> ids) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Map<CityJob, String> waiting = new LinkedHashMap<>(ids);
        Map<CityJob, Integer> told = new HashMap<>();
        while (true) {
            Map<String, RunningJob> jobs = flink.jobs().stream().collect(Collectors.toMap(RunningJob::id, job -> job));
            for (Map.Entry<CityJob, String> each : Map.copyOf(waiting).entrySet()) {
                RunningJob job = jobs.get(each.getValue());
                if (job != null && job.isFullyRunning()) {
                    waiting.remove(each.getKey());
                    progress.accept(String.format(
                            Locale.ROOT,
                            "%s runs: all %d tasks after %.1f s",
                            each.getKey().jobName(),
                            job.tasks(),
                            (System.nanoTime() - begun) / 1e9));
                } else {
                    failIfHopeless(each.getKey(), each.getValue(), job, told);
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() - begun > limit.toNanos()) {
                throw late(waiting, jobs);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private void failIfHopeless(CityJob job, String id, @Nullable RunningJob state, Map<CityJob, Integer> told)
            throws IOException, InterruptedException {
        if (state == null) {
            return;
        }
        List<TaskFailure> failures = flink.failures(id);
        if (state.isOver() || failures.size() >= FAILURES) {
            throw new CityFailure(
                    job.jobName() + " does not run, it is " + state.state() + cause(failures),
                    "mend the cause; on the local stack read also ./city logs flink-taskmanager");
        }
        if (failures.size() > told.getOrDefault(job, 0)) {
            progress.accept(job.jobName() + " has failed and starts again: "
                    + failures.get(0).told());
            told.put(job, failures.size());
        }
    }

    private CityFailure late(Map<CityJob, String> waiting, Map<String, RunningJob> jobs)
            throws IOException, InterruptedException {
        StringBuilder what = new StringBuilder("not running after " + limit.toSeconds() + " s:");
        for (Map.Entry<CityJob, String> each : waiting.entrySet()) {
            RunningJob job = jobs.get(each.getValue());
            what.append(System.lineSeparator())
                    .append("  ")
                    .append(each.getKey().jobName());
            if (job == null) {
                what.append(" is not known to the JobManager");
            } else {
                what.append(String.format(
                        Locale.ROOT, " is %s, %d of %d tasks run", job.state(), job.runningTasks(), job.tasks()));
                what.append(cause(flink.failures(job.id())));
            }
        }
        return new CityFailure(
                what.toString(),
                "see that the cluster has enough free task slots and reaches Kafka; on the local stack read"
                        + " ./city logs flink-taskmanager");
    }

    private static String cause(List<TaskFailure> failures) {
        return failures.isEmpty() ? "" : ": " + failures.get(0).told();
    }
}
