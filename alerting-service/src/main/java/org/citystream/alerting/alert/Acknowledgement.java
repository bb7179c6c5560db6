package org.citystream.alerting.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has taken an alert on.
 *
 * @param at wall clock, as it is a person's act
 */
public record Acknowledgement(
        String by, Instant at, @Nullable String comment) {}
