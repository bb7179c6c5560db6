package org.citystream.dashboard.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service and what it tells of itself.
 *
 * @param problem why nothing is known of it; absent: it answers
 */
public record ServiceState(String name, @Nullable String problem, List<MetricSample> metrics) {}
