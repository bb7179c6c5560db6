package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import org.citystream.model.wire.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt to deliver.
 *
 * @param startedAt wall clock
 * @param status HTTP status; absent if there was no answer
 * @param error why there was no success; absent on success
 * @param response beginning of the answer's body; of it and of {@code error} at most 4096 characters are kept
 * @param retryAfter how long the endpoint asked to be left alone
 */
public record Attempt(
        Instant startedAt,
        Duration latency,
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String response,
        @Nullable Duration retryAfter) {
    private static final int KEPT_CHARACTERS = 4096;

    public Attempt {
        error = error == null ? null : PrintableText.of(error, KEPT_CHARACTERS);
        response = storable(response);
    }

    /** Endpoints decide what is in it: as much as people read, and nothing that a database refuses. */
    private static @Nullable String storable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String kept = text.length() > KEPT_CHARACTERS ? text.substring(0, KEPT_CHARACTERS) : text;
        return kept.replace('\u0000', '\uFFFD');
    }

    public boolean succeeded() {
        return status != null && status >= 200 && status < 300;
    }
}
