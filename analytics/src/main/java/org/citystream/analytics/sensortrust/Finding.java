package org.citystream.analytics.sensortrust;

import java.time.Instant;

/**
 * One reason why a sensor is not trusted wholly.
 *
 * @param credit what is left of the trust because of it, 0..1; the credits of all findings multiply to the trust
 * @param since from when on it holds
 * @param detail one sentence for people
 */
public record Finding(Fault fault, double credit, Instant since, String detail) {}
