package org.citystream.alerting.store.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Messages;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.jdbi.v3.core.Handle;

/** Tells the endpoints that are left that one gets nothing any more. */
final class DisabledNotice {
    /** What its messages' subjects begin with; they belong to no alert. */
    static final String PREFIX = "webhook-";

    private DisabledNotice() {}

    static void send(Handle handle, Endpoint endpoint, String reason, Instant now) {
        String subject = PREFIX + endpoint.id();
        int sequence = handle.createQuery("SELECT COALESCE(max(sequence), 0) + 1 FROM messages WHERE alert_id = :id")
                .bind("id", subject)
                .mapTo(Integer.class)
                .one();
        List<String> types = List.of(Messages.DISABLED_TYPE);
        List<String> others = handle.createQuery(
                        "SELECT endpoint_id FROM endpoints WHERE enabled AND endpoint_id <> :id"
                                + " AND (cardinality(types) = 0 OR types && :types) ORDER BY endpoint_id")
                .bind("id", endpoint.id())
                .bindArray("types", String.class, types)
                .mapTo(String.class)
                .list();
        PostgresNotifications.within(handle, new Remembered(), notifications -> {
            notifications.insertMessage(
                    subject,
                    sequence,
                    Messages.DISABLED_TYPE,
                    types,
                    WebhookMessages.disabled(endpoint, reason, now),
                    Set.of(),
                    now);
            others.forEach(other -> notifications.insertDelivery(other, subject, sequence, now));
            return others;
        });
    }
}
