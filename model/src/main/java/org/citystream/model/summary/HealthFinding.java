package org.citystream.model.summary;

import java.time.Instant;

/**
 * One reason why a sensor is not trusted wholly.
 *
 * @param kind {@code silent, stuck, out-of-range, error-code, saturated, spikes, channels-disagree, clock-skewed,
 *     duplicate-identity, drift}
 * @param credit what is left of the trust because of it, 0..1
 * @param since event time from which it holds
 * @param detail one sentence for people
 */
public record HealthFinding(String kind, double credit, Instant since, String detail) {}
