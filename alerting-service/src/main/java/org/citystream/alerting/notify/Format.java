package org.citystream.alerting.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** What an endpoint understands. */
public enum Format {
    /** Standard Webhooks 1.0 with our own body. */
    CITYSTREAM,
    /** The body of Alertmanager's webhooks, version 4, for receivers that exist already. */
    ALERTMANAGER,
    /** Incoming webhooks of Slack and of what is compatible with it. */
    SLACK,
    /** Plain text to a {@code mailto:} address. */
    EMAIL;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
