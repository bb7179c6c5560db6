package org.citystream.stack.rejected;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rejected messages are meant; what is null or empty does not restrict.
 *
 * @param from earliest arrival, inclusive
 * @param to latest arrival, exclusive
 */
public record Selection(
        Set<MessageId> ids,
        @Nullable String reason,
        @Nullable String sensorId,
        @Nullable String mqttTopic,
        @Nullable Instant from,
        @Nullable Instant to)
        implements Predicate<RejectedMessage> {

    @Override
    public boolean test(RejectedMessage message) {
        return (ids.isEmpty() || ids.contains(message.id()))
                && (reason == null || reason.equals(message.reason()))
                && (sensorId == null || sensorId.equals(message.sensorId()) || endsWithSensor(message.mqttTopic()))
                && (mqttTopic == null || mqttTopic.equals(message.mqttTopic()))
                && (from == null || !message.receivedAt().isBefore(from))
                && (to == null || message.receivedAt().isBefore(to));
    }

    /** Where the payload could not be read, the topic's last level is all that is known of the sensor. */
    private boolean endsWithSensor(String topic) {
        return topic.endsWith("/" + sensorId);
    }

    /** Whether anything restricts it. */
    public boolean isEverything() {
        return ids.isEmpty() && reason == null && sensorId == null && mqttTopic == null && from == null && to == null;
    }
}
