package org.citystream.audit.alert;

import java.util.Set;

/**
 * A delivery as the alerting service shows it.
 *
 * @param webhookId id of the message, the same over all attempts
 * @param endpointId webhook it goes to
 * @param state {@code pending}, {@code delivered} or {@code failed}
 * @param contentHash of its body as JSON, whatever the spelling
 * @param tells the changes it tells of; several in a message about a group
 */
public record SentDelivery(String webhookId, String endpointId, String state, String contentHash, Set<Told> tells) {
    public SentDelivery {
        tells = Set.copyOf(tells);
    }

    /** One change of an alert. */
    public record Told(String alertId, int sequence) {}
}
