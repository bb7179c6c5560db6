package org.citystream.stack.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.FlinkRest.Operation;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a running job by a newer one that continues from its savepoint, with the same arguments. The new one has made it
 * when all of its tasks run and a checkpoint of its own is complete; if it does not make it, the old jar goes on from
 * the same savepoint.
 */
public final class JobUpgrade {
    private static final Duration POLL = Duration.ofMillis(200);

    private final FlinkRest flink;
    private final Savepoints savepoints;
    private final Duration limit;
    private final @Nullable JobRecord record;
    private final Consumer<String> progress;

    /**
     * @param limit by when the new job must run, and again by when its checkpoint must be complete
     * @param record told of what runs now; absent on a cluster that is not ours
     */
    public JobUpgrade(
            FlinkRest flink,
            Savepoints savepoints,
            Duration limit,
            @Nullable JobRecord record,
            Consumer<String> progress) {
        this.flink = flink;
        this.savepoints = savepoints;
        this.limit = limit;
        this.record = record;
        this.progress = progress;
    }

    /**
     * Upgrades one job.
     *
     * @param previous the jar it runs now, for the way back; absent: the one in the JobManager's store
     * @param parallelism of the new one; 0: as the old one
     * @throws CityFailure if the job now runs as before, or, as the message says then, not at all
     */
    public void upgrade(CityJob job, JobJar jar, @Nullable JobJar previous, int parallelism)
            throws IOException, InterruptedException {
        RunningJob old = flink.running(job)
                .orElseThrow(() -> new CityFailure(
                        job.jobName() + " does not run, so there is nothing to upgrade",
                        "./city jobs deploy " + job.jobName()));
        FlinkRest.Configuration configuration = flink.configuration(old.id());
        Map<String, String> arguments = new TreeMap<>(configuration.arguments());
        String runs = arguments.remove(JobStart.JAR);
        int wanted = parallelism == 0 ? configuration.parallelism() : parallelism;
        if (runs != null && jar.hasContentOf(runs) && wanted == configuration.parallelism()) {
            progress.accept(job.jobName() + " runs this jar already: " + JobJar.digest(runs));
            return;
        }
        String oldJar = wayBack(job, runs, previous);
        String newJar = jar.on(flink);
        progress.accept(job.jobName() + ": taking a savepoint and stopping");
        String savepoint = savepoints.stop(job, old.id());
        progress.accept(job.jobName() + ": stopped with " + savepoint);
        JobStart successor = new JobStart(newJar, arguments, wanted, savepoint, false);
        try {
            start(job, successor, "starting " + jar);
        } catch (CityFailure e) {
            goBack(job, new JobStart(oldJar, arguments, configuration.parallelism(), savepoint, false), e);
        }
    }

    private String wayBack(CityJob job, @Nullable String runs, @Nullable JobJar previous)
            throws IOException, InterruptedException {
        if (previous != null) {
            return previous.on(flink);
        }
        if (runs != null && flink.jars().stream().anyMatch(stored -> stored.id().equals(runs))) {
            return runs;
        }
        throw new CityFailure(
                "the jar that " + job.jobName()
                        + " runs is not in the JobManager's store any more, so there would be no" + " way back",
                "give it: --previous-jar FILE");
    }

    private void start(CityJob job, JobStart start, String what) throws IOException, InterruptedException {
        progress.accept(job.jobName() + ": " + what);
        String id;
        try {
            id = start.on(flink, job);
        } catch (FlinkFailure e) {
            throw new CityFailure("Flink refused " + job.jobName() + ": " + e.getMessage(), "mend the jar", e);
        }
        try {
            new JobStartWatch(flink, limit, progress).awaitRunning(Map.of(job, id));
            awaitCheckpoint(job, id);
        } catch (CityFailure e) {
            new JobEnd(flink, limit).cancel(id);
            throw e;
        }
        // Only now: whoever puts back what the JobManager has lost must not meddle before.
        if (record != null) {
            record.started(job, id, start.from(), start.jarId());
        }
    }

    /** Tasks that run may still fail at their first record; a complete checkpoint says that records went through. */
    private void awaitCheckpoint(CityJob job, String id) throws IOException, InterruptedException {
        String request = flink.beginCheckpoint(id);
        long deadline = System.nanoTime() + limit.toNanos();
        String why = "not complete after " + limit.toSeconds() + " s";
        while (System.nanoTime() < deadline) {
            Operation checkpoint = flink.checkpoint(id, request);
            if (checkpoint.failure() != null) {
                why = FailureCause.of(checkpoint.failure());
                break;
            }
            if (checkpoint.done()) {
                progress.accept(job.jobName() + ": its first checkpoint is complete");
                return;
            }
            Thread.sleep(POLL.toMillis());
        }
        var failures = flink.failures(id);
        throw new CityFailure(
                job.jobName() + " runs, but completes no checkpoint: "
                        + (failures.isEmpty() ? why : failures.get(0).told()),
                "mend the cause");
    }

    private void goBack(CityJob job, JobStart start, CityFailure failure) throws IOException, InterruptedException {
        progress.accept(failure.what());
        try {
            start(job, start, "going back to " + JobJar.digest(start.jarId()));
        } catch (CityFailure again) {
            throw new CityFailure(
                    job.jobName() + " DOES NOT RUN: neither the new jar (" + failure.what() + ") nor the old one ("
                            + again.what() + ")",
                    "mend the cause, then ./city jobs deploy " + job.jobName() + " --from " + start.from(),
                    again);
        }
        throw new CityFailure(
                "the new jar does not run; " + job.jobName() + " runs as before, from " + start.from()
                        + ". The new one's failure: " + failure.what(),
                "mend the new jar, then upgrade again",
                failure);
    }
}
