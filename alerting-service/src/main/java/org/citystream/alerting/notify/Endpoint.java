package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somewhere to send messages to.
 *
 * @param types wanted types such as {@code alert.opened}; empty: all
 * @param receivers of the routing tree that it belongs to; empty: that of the root route
 * @param disabledReason why it gets nothing any more; absent while enabled
 */
public record Endpoint(
        String id,
        String url,
        Format format,
        List<String> types,
        List<String> receivers,
        @Nullable String description,
        Secrets secrets,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        Failures failures) {

    /** One that has just been registered. */
    public static Endpoint registered(
            String id,
            String url,
            Format format,
            List<String> types,
            List<String> receivers,
            @Nullable String description,
            String secret,
            Instant now) {
        return new Endpoint(
                id, url, format, types, receivers, description, Secrets.of(secret), true, null, now, Failures.NONE);
    }

    public Endpoint withSecrets(Secrets newSecrets) {
        return new Endpoint(
                id,
                url,
                format,
                types,
                receivers,
                description,
                newSecrets,
                enabled,
                disabledReason,
                createdAt,
                failures);
    }

    /** Not the URL, which may be a secret in itself: records end up in logs. */
    @Override
    public String toString() {
        return "Endpoint[" + id + "]";
    }
}
