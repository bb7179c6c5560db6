package org.citystream.gateway.clock;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Reads the times a clock publisher sends: on {@link #TOPIC}, and with each of its readings. Trusts only its key. */
public final class PublishedTimes {
    /** MQTT topic of the once-a-second announcement, {@code {"now","speed","source"}}, retained. */
    public static final String TOPIC = "city/clock";

    /** MQTT user property with the time of a reading. */
    public static final String CLOCK_AT = "clock-at";

    private static final ObjectReader STATE = JsonCodec.strict().readerFor(ClockState.class);

    private final ClockKey key;

    public PublishedTimes(ClockKey key) {
        this.key = key;
    }

    /** What an announcement says; empty if it is malformed, outside of the {@link Era} or not the publisher's. */
    public Optional<ClockState> announcement(byte[] payload, @Nullable String offeredKey) {
        if (!key.trusts(offeredKey) || payload.length > JsonCodec.MAX_DOCUMENT_BYTES) {
            return Optional.empty();
        }
        try {
            @Nullable ClockState state = STATE.readValue(payload);
            return Optional.ofNullable(state).filter(given -> isTime(given.now()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** JSON may leave out what the record declares present. */
    private static boolean isTime(@Nullable Instant time) {
        return time != null && Era.contains(time);
    }

    /** The time sent with a reading; empty if there is none, it is malformed, no time of ours or not the publisher's. */
    public Optional<Instant> claimed(@Nullable String clockAt, @Nullable String offeredKey) {
        if (clockAt == null || !key.trusts(offeredKey)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(clockAt)).filter(Era::contains);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
