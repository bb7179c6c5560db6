package org.citystream.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citystream.gateway.decode.Decoded;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.decode.RejectReason;
import org.citystream.gateway.registry.Sensors;
import org.citystream.model.place.Sensor;

/** Decides on a well-formed reading: is its time possible, is its sensor who it says it is. */
final class Admission {
    private static final List<String> UNREGISTERED = List.of("unregistered");
    private static final List<String> RETIRED = List.of("retired");

    /** As long as a broker keeps messages for an absent gateway, unless told otherwise. */
    private static final Duration LONGEST_BACKLOG = Duration.ofDays(7);

    private final Sensors registry;
    private final boolean strict;
    private final RateLimit rateLimit;

    /**
     * @param strict refuse sensors that the registry does not know, instead of flagging their readings
     */
    Admission(Sensors registry, boolean strict, RateLimit rateLimit) {
        this.registry = registry;
        this.strict = strict;
        this.rateLimit = rateLimit;
    }

    /**
     * The reading stamped with its arrival, or why it is refused.
     *
     * @param futureTolerance how far {@code observedAt} may lie ahead of {@code clockAt}, inclusive
     * @param isReplay whether it says that it is an operator's replay, which has a rate of its own
     */
    Decoded admit(Reading reading, Instant receivedAt, Instant clockAt, Duration futureTolerance, boolean isReplay) {
        if (reading.observedAt().isAfter(clockAt.plus(futureTolerance))) {
            return rejected(
                    reading,
                    RejectReason.FUTURE_TIME,
                    "observedAt " + reading.observedAt() + " is ahead of the clock, which stood at " + clockAt);
        }
        if (!rateLimit.take(sender(reading, isReplay), receivedAt, observedAt(reading, clockAt))) {
            return rejected(reading, RejectReason.RATE_LIMITED, "the sensor sends more than it is allowed to");
        }
        Optional<Sensor> known = registry.find(reading.sensorId(), reading.observedAt());
        if (known.isEmpty()) {
            return strict
                    ? rejected(reading, RejectReason.UNKNOWN_SENSOR, "the registry does not know this sensor")
                    : new Accepted(reading.stamped(receivedAt, clockAt, UNREGISTERED));
        }
        return admitKnown(reading, known.get(), receivedAt, clockAt);
    }

    /** No sensor's id has a space in it. */
    private static String sender(Reading reading, boolean isReplay) {
        return isReplay ? reading.sensorId() + " replay" : reading.sensorId();
    }

    /** What a sensor says of times long past must not fill its bucket over and over. */
    private static Instant observedAt(Reading reading, Instant clockAt) {
        Instant earliest = clockAt.minus(LONGEST_BACKLOG);
        return reading.observedAt().isBefore(earliest) ? earliest : reading.observedAt();
    }

    private Decoded admitKnown(Reading reading, Sensor sensor, Instant receivedAt, Instant clockAt) {
        if (!sensor.cityId().equals(reading.cityId())) {
            return rejected(
                    reading,
                    RejectReason.IDENTITY_MISMATCH,
                    "the sensor is registered in " + sensor.cityId() + ", the topic says " + reading.cityId());
        }
        if (sensor.kind() != reading.kind()) {
            return rejected(
                    reading,
                    RejectReason.IDENTITY_MISMATCH,
                    "the sensor is registered for " + sensor.kind().wireName() + ", the topic says "
                            + reading.kind().wireName());
        }
        if (sensor.retired() && strict) {
            return rejected(reading, RejectReason.UNKNOWN_SENSOR, "the sensor is retired");
        }
        return new Accepted(reading.stamped(receivedAt, clockAt, sensor.retired() ? RETIRED : List.of()));
    }

    private static Rejected rejected(Reading reading, RejectReason reason, String detail) {
        return new Rejected(reason, detail, reading.sensorId(), reading.observedAt());
    }
}
