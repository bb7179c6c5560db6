package org.citystream.stack.flink;

import java.io.IOException;
import java.time.Duration;
import org.citystream.stack.failure.CityFailure;

/** Ends jobs, and waits until they are over: their slots are free then, and nothing of them is written any more. */
public final class JobEnd {
    private static final Duration POLL = Duration.ofMillis(200);

    private final FlinkRest flink;
    private final Duration limit;

    public JobEnd(FlinkRest flink, Duration limit) {
        this.flink = flink;
        this.limit = limit;
    }

    /** Cancels a job, without a savepoint; its last checkpoint is kept. One that is over already is left alone. */
    public void cancel(String jobId) throws IOException, InterruptedException {
        if (isOver(jobId)) {
            return;
        }
        flink.cancel(jobId);
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isOver(jobId)) {
            if (System.nanoTime() > deadline) {
                throw new CityFailure(
                        "job " + jobId + " is still being cancelled after " + limit.toSeconds() + " s",
                        "look at it: ./city jobs list; a task that hangs is ended with its TaskManager");
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private boolean isOver(String jobId) throws IOException, InterruptedException {
        return flink.jobs().stream().noneMatch(job -> job.id().equals(jobId) && !job.isOver());
    }
}
