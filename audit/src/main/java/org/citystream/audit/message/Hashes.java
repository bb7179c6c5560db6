package org.citystream.audit.message;

import java.nio.charset.StandardCharsets;
import org.citystream.ledger.MessageId;
import org.citystream.ledger.PayloadHash;

/**
 * Identities as 64 bits. Among ten million of them two are the same with a probability of three in a million.
 */
public final class Hashes {
    private Hashes() {}

    public static long sensor(String sensorId) {
        return PayloadHash.of(sensorId.getBytes(StandardCharsets.UTF_8));
    }

    /** Sensor, lane, boot and sequence; without boot and sequence the time. */
    public static long identity(MessageId id) {
        return PayloadHash.of(text(id).getBytes(StandardCharsets.UTF_8));
    }

    /** The same, told apart by the window in which it counts. */
    public static long identityIn(long windowStart, MessageId id) {
        return PayloadHash.of((text(id) + '\n' + windowStart).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(MessageId id) {
        String lane = id.laneId() == null ? "" : id.laneId().toString();
        return id.bootId() == null || id.sequence() == null
                ? id.sensorId() + '\n' + lane + '\n' + id.observedAt().toEpochMilli()
                : id.sensorId() + '\n' + lane + '\n' + id.bootId() + '\n' + id.sequence();
    }
}
