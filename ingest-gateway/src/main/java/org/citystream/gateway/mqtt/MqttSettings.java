package org.citystream.gateway.mqtt;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway speaks to the broker.
 *
 * @param clientId must stay the same over restarts: the broker keeps the session under it
 * @param filters topic filters of the messages to take in
 * @param obsoleteFilters filters an earlier configuration may have left in the session
 * @param receiveMaximum messages the broker may send ahead of their acknowledgement
 * @param maximumPacketBytes larger messages the broker keeps to itself
 * @param stallTimeout a connection whose oldest message stays unacknowledged for so long is replaced
 */
public record MqttSettings(
        String url,
        String clientId,
        @Nullable String user,
        byte @Nullable [] password,
        List<String> filters,
        List<String> obsoleteFilters,
        int receiveMaximum,
        int maximumPacketBytes,
        Duration keepAlive,
        Duration sessionExpiry,
        Duration stallTimeout) {

    /** Where this gateway sounds the broker's queue; see {@link org.citystream.gateway.clock.IntakeContinuity}. */
    public String soundingTopic() {
        return "citystream/gateway/" + clientId + "/sounding";
    }

    /** Brokers overshoot the receive maximum (Mosquitto 2.0.11 does), so there is room for more. */
    public int ringCapacity() {
        return Math.max(1_024, 8 * receiveMaximum);
    }
}
