package org.citystream.dashboard.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deployment at a glance.
 *
 * @param jobs absent: Flink does not answer, or its address is not configured
 * @param jobsProblem why they are absent
 */
public record SystemState(
        List<ServiceState> services,
        @Nullable List<JobState> jobs,
        @Nullable String jobsProblem) {}
