package org.citystream.dashboard.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deployment at a glance.
 *
 * @param jobs absent: no Flink cluster answers, or none is configured
 * @param jobsProblem why they are absent, or which clusters' jobs are missing
 */
public record SystemState(
        List<ServiceState> services,
        @Nullable List<JobState> jobs,
        @Nullable String jobsProblem) {}
