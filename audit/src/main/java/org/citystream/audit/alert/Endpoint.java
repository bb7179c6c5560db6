package org.citystream.audit.alert;

import java.time.Instant;

/**
 * A webhook as the alerting service shows it.
 *
 * @param takesAll whether it takes every type of change
 */
public record Endpoint(String id, String url, boolean enabled, boolean takesAll, Instant createdAt) {}
