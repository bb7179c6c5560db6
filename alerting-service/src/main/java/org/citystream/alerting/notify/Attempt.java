package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt to deliver.
 *
 * @param startedAt wall clock
 * @param status HTTP status; absent if there was no answer
 * @param error why there was no success; absent on success
 * @param response beginning of the answer's body
 * @param retryAfter how long the endpoint asked to be left alone
 */
public record Attempt(
        Instant startedAt,
        Duration latency,
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String response,
        @Nullable Duration retryAfter) {

    public boolean succeeded() {
        return status != null && status >= 200 && status < 300;
    }
}
