package org.citystream.alerting.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an endpoint, over all its deliveries.
 *
 * @param consecutive attempts that failed since the last success
 * @param since when the first of them began
 * @param blockedUntil it is left alone until then: it asked for it, or its circuit breaker is open
 */
public record Failures(
        int consecutive, @Nullable Instant since, @Nullable Instant blockedUntil) {
    public static final Failures NONE = new Failures(0, null, null);
}
