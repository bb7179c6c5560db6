package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somewhere to send messages to.
 *
 * @param types wanted types such as {@code alert.opened}; empty: all
 * @param secret as shown once to its owner, {@code whsec_...}
 * @param disabledReason why it gets nothing any more; absent while enabled
 * @param failingSince first failure after the last success
 * @param blockedUntil it asked to be left alone until then
 */
public record Endpoint(
        String id,
        String url,
        List<String> types,
        @Nullable String description,
        String secret,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        int consecutiveFailures,
        @Nullable Instant failingSince,
        @Nullable Instant blockedUntil) {

    /** Not the secret: records end up in logs. */
    @Override
    public String toString() {
        return "Endpoint[" + id + "]";
    }
}
