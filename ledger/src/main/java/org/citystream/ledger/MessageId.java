package org.citystream.ledger;

import java.time.Instant;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;

/**
 * What tells a message from all others: sensor, boot and sequence; where a sensor counts nothing, sensor, lane and time.
 *
 * @param bootId with {@code sequence}; both or neither
 * @param laneId absent: the whole carriageway, or an air station
 * @param observedAt end of the observed period
 */
public record MessageId(
        String sensorId,
        @Nullable String bootId,
        @Nullable Long sequence,
        @Nullable Integer laneId,
        Instant observedAt) {

    public static MessageId of(TrafficReading reading) {
        return new MessageId(
                reading.sensorId(), reading.bootId(), reading.sequence(), reading.laneId(), reading.observedAt());
    }

    public static MessageId of(AirQualityReading reading) {
        return new MessageId(reading.sensorId(), reading.bootId(), reading.sequence(), null, reading.observedAt());
    }

    /** The same under the time alone, as it arrives through a format that carries no boot and sequence. */
    public MessageId byTime() {
        return new MessageId(sensorId, null, null, laneId, observedAt);
    }

    /** For people: {@code loop-0421 boot 7f3a sequence 18231 at 2026-11-23T08:15:30Z}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(sensorId);
        if (bootId != null && sequence != null) {
            text.append(" boot ").append(bootId).append(" sequence ").append(sequence);
        }
        if (laneId != null) {
            text.append(" lane ").append(laneId);
        }
        return text.append(" at ").append(observedAt).toString();
    }
}
