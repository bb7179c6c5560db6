package org.citystream.stack.flink;

import java.io.IOException;
import java.time.Duration;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.FlinkRest.Operation;
import org.jspecify.annotations.Nullable;

/** Takes savepoints and waits for them. */
public final class Savepoints {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String NO_DIRECTORY = "savepoint-dir";

    private final FlinkRest flink;
    private final @Nullable String directory;
    private final Duration limit;

    /**
     * @param directory where to, as the cluster sees it; absent: its own savepoint directory
     */
    public Savepoints(FlinkRest flink, @Nullable String directory, Duration limit) {
        this.flink = flink;
        this.directory = directory;
        this.limit = limit;
    }

    /** Takes one of a job that goes on; returns where it is. */
    public String take(CityJob job, String jobId) throws IOException, InterruptedException {
        return take(job, jobId, false);
    }

    /** Stops a job with one; returns where it is. If it fails the job goes on. */
    String stop(CityJob job, String jobId) throws IOException, InterruptedException {
        return take(job, jobId, true);
    }

    private String take(CityJob job, String jobId, boolean stop) throws IOException, InterruptedException {
        String request;
        try {
            request = flink.beginSavepoint(jobId, stop, directory);
        } catch (FlinkFailure e) {
            throw failed(job, String.valueOf(e.getMessage()));
        }
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            Operation savepoint = flink.savepoint(jobId, request);
            if (savepoint.failure() != null) {
                throw failed(job, FailureCause.of(savepoint.failure()));
            }
            if (savepoint.done() && savepoint.location() != null) {
                return savepoint.location();
            }
            Thread.sleep(POLL.toMillis());
        }
        throw failed(job, "not complete after " + limit.toSeconds() + " s");
    }

    private static CityFailure failed(CityJob job, String why) {
        return new CityFailure(
                "no savepoint of " + job.jobName() + ": " + why,
                why.contains(NO_DIRECTORY)
                        ? "say where to, as the cluster sees it: --savepoint-dir URL; or set"
                                + " execution.checkpointing.savepoint-dir in its configuration"
                        : "see that all tasks run (./city jobs list) and that the savepoint directory can be written;"
                                + " the job goes on as before");
    }
}
