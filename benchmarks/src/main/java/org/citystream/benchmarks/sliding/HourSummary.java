package org.citystream.benchmarks.sliding;

import java.time.Instant;

/**
 * An hour of one segment, told every minute.
 *
 * @param windowEnd exclusive
 */
public record HourSummary(String roadSegmentId, Instant windowEnd, long readings, long vehicles) {}
