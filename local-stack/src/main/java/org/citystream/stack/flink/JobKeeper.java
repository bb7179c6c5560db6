package org.citystream.stack.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.citystream.stack.flink.FlinkRest.RunningJob;

/**
 * Keeps the jobs on a cluster that forgets them when its JobManager dies: puts them there, waits until every task runs, and
 * puts back what the JobManager no longer knows. A job that somebody cancelled stays cancelled.
 */
public final class JobKeeper implements AutoCloseable {
    private static final Duration CHECK = Duration.ofSeconds(3);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final FlinkRest flink;
    private final JobDeployment deployment;
    private final JobRecord record;
    private final Consumer<String> progress;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread keeper = new Thread(runnable, "job-keeper");
        keeper.setDaemon(true);
        return keeper;
    });
    private Map<CityJob, String> ids = new LinkedHashMap<>();

    /** @param record in which deployments, also those of other processes, note what runs */
    public JobKeeper(FlinkRest flink, JobDeployment deployment, JobRecord record, Consumer<String> progress) {
        this.flink = flink;
        this.deployment = deployment;
        this.record = record;
        this.progress = progress;
    }

    /** Puts all jobs on the cluster. */
    public void deploy() throws IOException, InterruptedException {
        ids = deployment.deploy(CityJob.all());
    }

    /** Returns when every task of every job runs. */
    public void awaitRunning() throws IOException, InterruptedException {
        new JobStartWatch(flink, START_LIMIT, progress).awaitRunning(ids);
    }

    /** From now on puts back what the JobManager has lost. */
    public void keep() {
        thread.scheduleWithFixedDelay(this::check, CHECK.toMillis(), CHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        try {
            Map<String, RunningJob> jobs = flink.jobs().stream().collect(Collectors.toMap(RunningJob::id, job -> job));
            List<CityJob> lost = ids.keySet().stream()
                    .filter(job -> isLost(record.jobId(job).map(jobs::get)))
                    .toList();
            if (!lost.isEmpty() && flink.taskManagers() > 0) {
                progress.accept(
                        "putting back " + lost.stream().map(CityJob::jobName).toList() + ": Flink has lost them");
                deployment.redeploy(lost);
            }
        } catch (IOException e) {
            // The JobManager is starting again; the next check sees.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            progress.accept("cannot put the jobs back, trying again: " + e.getMessage());
        }
    }

    private static boolean isLost(Optional<RunningJob> job) {
        return job.isEmpty() || job.get().state().equals("FAILED");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
