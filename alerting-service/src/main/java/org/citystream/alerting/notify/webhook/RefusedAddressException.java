package org.citystream.alerting.notify.webhook;

import java.net.UnknownHostException;

/** An address that webhooks may not go to. */
final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String host) {
        super(host + " is at an address that webhooks may not be sent to; an operator can allow it with"
                + " WEBHOOK_ALLOWED_CIDRS");
    }
}
