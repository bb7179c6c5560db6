package org.citystream.alerting.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import org.citystream.model.wire.WireName;

/** How far a delivery has come. */
public enum DeliveryState {
    PENDING,
    DELIVERED,
    /** Every attempt of the schedule has failed; only a person can have it sent again. */
    FAILED;

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
