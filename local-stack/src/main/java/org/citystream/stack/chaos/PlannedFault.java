package org.citystream.stack.chaos;

import java.time.Duration;

/**
 * A fault that is to come.
 *
 * @param number 1 for the first
 * @param component what it is done to
 * @param calm how long the pipeline is left alone before it, once all is well
 * @param hold how long it lasts, if it is one that lasts
 */
public record PlannedFault(int number, String component, FaultKind kind, Duration calm, Duration hold) {}
