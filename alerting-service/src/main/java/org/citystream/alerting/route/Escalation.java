package org.citystream.alerting.route;

import java.time.Duration;

/**
 * Who is told of an alert that nobody has acknowledged.
 *
 * @param after wall-clock time since the route first told of it
 */
public record Escalation(Duration after, String receiver) {}
