package org.citystream.dashboard.system;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as Flink tells of it.
 *
 * @param state such as {@code RUNNING}
 * @param startedAt wall clock
 * @param restarts since then; absent: Flink does not say yet
 * @param lastCheckpointMs how long the last checkpoint took
 * @param failedCheckpoints since the job started
 */
public record JobState(
        String name,
        String state,
        Instant startedAt,
        int runningTasks,
        int tasks,
        @Nullable Long restarts,
        @Nullable Long lastCheckpointMs,
        @Nullable Long failedCheckpoints) {}
