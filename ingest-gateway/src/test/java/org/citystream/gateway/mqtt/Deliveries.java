package org.citystream.gateway.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stands in for a connection: hands out deliveries and notes what is acknowledged over it, in order. */
public final class Deliveries implements Delivery.Origin {
    private final List<Integer> acknowledged = new ArrayList<>();
    private final AckQueue queue = new AckQueue(1_024, acknowledged::add);
    private int packetId;

    public Deliveries() {
        queue.release();
    }

    /** The next message, with packet ids from 1. */
    public Delivery arrives(String topic, String payload, Instant at) {
        return arrives(topic, payload, at, Map.of());
    }

    public Delivery arrives(String topic, String payload, Instant at, Map<String, String> userProperties) {
        packetId++;
        long position = queue.append(packetId, at.toEpochMilli()).orElseThrow();
        return new Delivery(topic, payload.getBytes(StandardCharsets.UTF_8), userProperties, at, this, position);
    }

    /** The connection is lost. */
    public void drop() {
        queue.close();
    }

    /** Packet ids in the order of their PUBACKs. */
    public List<Integer> acknowledged() {
        return acknowledged;
    }

    public int inFlight() {
        return queue.inFlight();
    }

    @Override
    public void complete(long position) {
        queue.complete(position);
    }

    @Override
    public boolean isClosed() {
        return queue.isClosed();
    }
}
