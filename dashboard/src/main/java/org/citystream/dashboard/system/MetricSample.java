package org.citystream.dashboard.system;

import java.util.Map;

/** One number that a service tells of itself. */
public record MetricSample(String name, Map<String, String> labels, double value) {}
