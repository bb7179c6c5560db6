package org.citystream.alerting.notify.webhook;

import org.citystream.alerting.alert.AlertId;

/** The {@code webhook-id} header: the same for every attempt, another for every endpoint and change. */
public final class WebhookId {
    private static final int BYTES = 16;

    private WebhookId() {}

    public static String of(String endpointId, String alertId, int sequence) {
        return "msg_" + AlertId.hash(BYTES, endpointId, alertId, Integer.toString(sequence));
    }
}
