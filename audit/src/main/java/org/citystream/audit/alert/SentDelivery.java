package org.citystream.audit.alert;

import java.time.Instant;
import java.util.Set;

/**
 * A delivery as the alerting service shows it.
 *
 * @param webhookId id of the message, the same over all attempts
 * @param endpointId webhook it goes to
 * @param state {@code pending}, {@code delivered} or {@code failed}
 * @param contentHash of its body as JSON, whatever the spelling
 * @param tells the changes it tells of; several in a message about a group
 * @param createdAt wall clock; since then it is to be sent
 * @param begunAnew whether its attempts are counted from one again, as when somebody has it sent again
 */
public record SentDelivery(
        String webhookId,
        String endpointId,
        String state,
        String contentHash,
        Set<Told> tells,
        Instant createdAt,
        boolean begunAnew) {
    public SentDelivery {
        tells = Set.copyOf(tells);
    }

    boolean isDelivered() {
        return state.equals("delivered");
    }

    /** Whether every attempt has failed, and no more come by themselves. */
    boolean isGivenUp() {
        return state.equals("failed");
    }

    /** One change of an alert. */
    public record Told(String alertId, int sequence) {}
}
