package org.citystream.analytics.sensortrust;

import java.time.Instant;
import java.util.List;

/**
 * A sensor's health at one time.
 *
 * @param trust 0..1
 * @param since from when on it holds
 * @param reason one sentence for people
 * @param findings every reason for less than full trust, worst first
 */
public record Verdict(HealthState state, double trust, Instant since, String reason, List<Finding> findings) {}
