package org.citystream.service.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deployment's clock as {@code city.clock.v1} tells it, or else the newest readings. For those who ask rarely: nothing follows the topic. */
public final class ClockTopic {
    private static final Logger LOG = LoggerFactory.getLogger(ClockTopic.class);
    private static final long LONGEST_CARRY_MILLIS = 5_000;
    /** Several gateways write, each on its own. */
    private static final int TAIL = 20;

    private ClockTopic() {}

    private record Written(ClockState state, Instant at) {}

    /**
     * The latest clock that was written; empty if none ever was.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be read just now
     */
    public static Optional<ClockState> latest(KafkaSettings kafka) {
        return read(kafka).map(Written::state);
    }

    /**
     * As {@link #latest}, carried on to the present; not further than 5 s, since a gateway that has stopped does not carry
     * the clock on.
     */
    public static Optional<ClockState> now(KafkaSettings kafka, InstantSource wallClock) {
        return read(kafka).map(written -> {
            ClockState state = written.state();
            long elapsed = Math.max(
                    0, Duration.between(written.at(), wallClock.instant()).toMillis());
            long millis = (long) (Math.min(elapsed, LONGEST_CARRY_MILLIS) * state.speed());
            return new ClockState(state.now().plusMillis(millis), state.speed(), state.since(), state.source());
        });
    }

    private static Optional<Written> read(KafkaSettings kafka) {
        Latest latest = new Latest();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            TopicEnds.read(consumer, Topics.CLOCK, TAIL, latest::takeState);
            if (latest.written == null) {
                // It is kept for a day only: after a longer pause of all gateways the readings remember.
                TopicEnds.read(consumer, Topics.READINGS_TRAFFIC, TAIL, latest::takeStamp);
                TopicEnds.read(consumer, Topics.READINGS_AIR, TAIL, latest::takeStamp);
            }
        }
        return Optional.ofNullable(latest.written);
    }

    private static final class Latest {
        private @Nullable Written written;

        void takeState(ConsumerRecord<String, byte[]> record) {
            try {
                take(JsonCodec.read(record.value(), ClockState.class), record);
            } catch (UncheckedIOException e) {
                LOG.warn("skipped {}@{}: {}", record.topic(), record.offset(), e.toString());
            }
        }

        /** Ticks and readings both carry {@code clockAt}. */
        void takeStamp(ConsumerRecord<String, byte[]> record) {
            try {
                JsonNode clockAt = JsonCodec.internal().readTree(record.value()).path("clockAt");
                if (clockAt.isTextual()) {
                    take(new ClockState(Instant.parse(clockAt.asText()), 1, null, null), record);
                }
            } catch (IOException | DateTimeException | IllegalArgumentException e) {
                LOG.warn("skipped {}@{}: {}", record.topic(), record.offset(), e.toString());
            }
        }

        private void take(ClockState state, ConsumerRecord<String, byte[]> record) {
            if (written == null || !written.state().now().isAfter(state.now())) {
                written = new Written(state, Instant.ofEpochMilli(record.timestamp()));
            }
        }
    }
}
