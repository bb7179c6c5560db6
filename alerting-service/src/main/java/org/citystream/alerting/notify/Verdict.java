package org.citystream.alerting.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt.
 *
 * @param nextAttemptAt when a pending delivery is tried again
 * @param blockEndpointUntil until when nothing at all is sent to the endpoint
 * @param disableReason why the endpoint gets nothing any more
 */
public record Verdict(
        DeliveryState state,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant blockEndpointUntil,
        @Nullable String disableReason) {}
