package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somewhere to send messages to.
 *
 * @param types wanted types such as {@code alert.opened}; empty: all
 * @param receivers of the routing tree that it belongs to; empty: that of the root route
 * @param secret as shown once to its owner, {@code whsec_...}
 * @param disabledReason why it gets nothing any more; absent while enabled
 * @param failingSince first failure after the last success
 * @param blockedUntil it asked to be left alone until then
 */
public record Endpoint(
        String id,
        String url,
        List<String> types,
        List<String> receivers,
        @Nullable String description,
        String secret,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        int consecutiveFailures,
        @Nullable Instant failingSince,
        @Nullable Instant blockedUntil) {

    /** One that has just been registered. */
    public static Endpoint registered(
            String id,
            String url,
            List<String> types,
            List<String> receivers,
            @Nullable String description,
            String secret,
            Instant now) {
        return new Endpoint(id, url, types, receivers, description, secret, true, null, now, 0, null, null);
    }

    /** Not the secret: records end up in logs. */
    @Override
    public String toString() {
        return "Endpoint[" + id + "]";
    }
}
