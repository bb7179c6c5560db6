package org.citystream.gateway.mqtt;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One MQTT message, to be acknowledged when it is safe and never otherwise. */
public final class Delivery {

    /** Where the message came in. */
    interface Origin {
        void complete(long position);

        boolean isClosed();
    }

    private final String topic;
    private final byte[] payload;
    private final Map<String, String> userProperties;
    private final Instant receivedAt;
    private final Origin origin;
    private final long position;

    Delivery(
            String topic,
            byte[] payload,
            Map<String, String> userProperties,
            Instant receivedAt,
            Origin origin,
            long position) {
        this.topic = topic;
        this.payload = payload;
        this.userProperties = userProperties;
        this.receivedAt = receivedAt;
        this.origin = origin;
        this.position = position;
    }

    public String topic() {
        return topic;
    }

    public byte[] payload() {
        return payload;
    }

    /** The MQTT 5 user property of that name; of several the last. */
    public @Nullable String userProperty(String name) {
        return userProperties.get(name);
    }

    /** Wall clock at arrival. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /**
     * The message is safe. The broker hears of it once all messages before it are safe too, and only over the connection
     * that brought it. Any thread; must not be called before the message is safe.
     */
    public void acknowledge() {
        origin.complete(position);
    }

    /** Whether its connection is gone: it will come again, working on it is in vain. */
    public boolean isStale() {
        return origin.isClosed();
    }
}
