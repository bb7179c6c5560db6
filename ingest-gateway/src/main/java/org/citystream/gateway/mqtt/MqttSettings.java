package org.citystream.gateway.mqtt;

import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How one session of the gateway speaks to the broker.
 *
 * @param clientId must stay the same over restarts: the broker keeps the session under it
 * @param sockets what opens the connection; null: Paho's own
 * @param filters topic filters of the messages to take in
 * @param receiveMaximum messages the broker may send ahead of their acknowledgement
 * @param maximumPacketBytes larger messages the broker keeps to itself
 * @param stallTimeout a connection whose oldest message stays unacknowledged for so long is replaced
 */
public record MqttSettings(
        String url,
        String clientId,
        @Nullable String user,
        byte @Nullable [] password,
        @Nullable SocketFactory sockets,
        List<String> filters,
        int receiveMaximum,
        int maximumPacketBytes,
        Duration keepAlive,
        Duration sessionExpiry,
        Duration stallTimeout) {

    /** Below which the gateway talks to itself; its user must be allowed to publish and subscribe here. */
    private String ownTopics() {
        return "citystream/gateway/" + clientId;
    }

    /** Where this gateway sounds the broker's queue; see {@link org.citystream.gateway.clock.IntakeContinuity}. */
    public String soundingTopic() {
        return ownTopics() + "/sounding";
    }

    /** Below which the broker keeps, retained, what the session is subscribed to; see {@link SubscriptionMemory}. */
    String subscribedTopics() {
        return ownTopics() + "/subscribed";
    }

    /** Brokers overshoot the receive maximum (Mosquitto 2.0.11 does), so there is room for more before they have to wait. */
    public int ringCapacity() {
        return Math.max(1_024, 8 * receiveMaximum);
    }

    /** The same for another session. */
    public MqttSettings withSession(String otherClientId, List<String> otherFilters) {
        return new MqttSettings(
                url,
                otherClientId,
                user,
                password,
                sockets,
                otherFilters,
                receiveMaximum,
                maximumPacketBytes,
                keepAlive,
                sessionExpiry,
                stallTimeout);
    }
}
