package org.citystream.audit.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in the log of a receiver.
 *
 * @param receivedAt wall clock; null: the log does not say
 * @param refused whether the receiver refused it: its signature was wrong
 * @param contentHash of its body as JSON, whatever the spelling
 * @param place in which order it belongs; null: in none, as a test's
 */
public record ReceivedDelivery(
        String webhookId,
        @Nullable Instant receivedAt,
        boolean refused,
        String contentHash,
        @Nullable Place place) {

    /**
     * The place of a message among all about the same.
     *
     * @param subjectId alert, or group of alerts
     */
    public record Place(String subjectId, int sequence) {}
}
