package org.citystream.stack.rejected;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code city.readings.rejected.v1}. All texts come from strangers: print them through {@link Escaped}.
 *
 * @param receivedAt arrival at the gateway
 * @param reason code of the closed list in docs/gateway.md
 * @param replayOf the message this one was a replay of
 * @param originalBytes size of the message where {@code payload} is but its beginning
 */
public record RejectedMessage(
        MessageId id,
        Instant receivedAt,
        String reason,
        String detail,
        String mqttTopic,
        String decoder,
        @Nullable String sensorId,
        @Nullable Instant observedAt,
        @Nullable String replayOf,
        @Nullable String originalBytes,
        byte[] payload) {

    static RejectedMessage of(ConsumerRecord<String, byte[]> record) {
        return new RejectedMessage(
                new MessageId(record.partition(), record.offset()),
                time(header(record, "received-at")).orElse(Instant.ofEpochMilli(record.timestamp())),
                header(record, "reason").orElse("?"),
                header(record, "detail").orElse(""),
                header(record, "mqtt-topic").orElse(String.valueOf(record.key())),
                header(record, "decoder").orElse("?"),
                header(record, "sensor-id").orElse(null),
                time(header(record, "observed-at")).orElse(null),
                header(record, "replay-of").orElse(null),
                header(record, "original-bytes").orElse(null),
                record.value() == null ? new byte[0] : record.value());
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static Optional<Instant> time(Optional<String> text) {
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether the message is stored whole. */
    public boolean isWhole() {
        return originalBytes == null;
    }
}
