package org.citystream.gateway.forward;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.citystream.gateway.clock.Era;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicEnds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the clock stood when this deployment last ran, as Kafka remembers it: the end of {@code city.clock.v1}, and
 * because that is kept for a day only, also the end of each partition of the readings topics.
 */
public final class ClockLog {
    private static final Logger LOG = LoggerFactory.getLogger(ClockLog.class);
    private static final int LAST_RECORDS = 5;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private @Nullable ClockState state;
    private @Nullable Instant newest;

    private ClockLog() {}

    /**
     * Reads the ends of the topics, as soon as Kafka lets it.
     *
     * @param problems hears why it cannot be done yet
     */
    public static ClockLog await(KafkaSettings settings, Consumer<String> problems) throws InterruptedException {
        while (true) {
            try {
                return read(settings);
            } catch (InterruptException e) {
                throw new InterruptedException("told to stop");
            } catch (KafkaException e) {
                problems.accept("Kafka at " + settings.bootstrapServers() + ": " + e.getMessage());
                Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
            }
        }
    }

    private static ClockLog read(KafkaSettings settings) {
        ClockLog log = new ClockLog();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
            TopicEnds.read(consumer, Topics.CLOCK, LAST_RECORDS, log::takeState);
            TopicEnds.read(consumer, Topics.READINGS_TRAFFIC, LAST_RECORDS, log::takeStamp);
            TopicEnds.read(consumer, Topics.READINGS_AIR, LAST_RECORDS, log::takeStamp);
        }
        return log;
    }

    private void takeState(ConsumerRecord<String, byte[]> record) {
        Instant now = time(parse(record.value()), "now");
        if (now != null) {
            keep(now);
        }
        if (now != null && (state == null || now.isAfter(state.now()))) {
            state = state(record.value(), state);
        }
    }

    /** One that no gateway of today has written is passed over, and its time is kept. */
    private static @Nullable ClockState state(byte[] value, @Nullable ClockState otherwise) {
        try {
            return JsonCodec.read(value, ClockState.class);
        } catch (UncheckedIOException e) {
            LOG.warn("a record of {} cannot be read: {}", Topics.CLOCK, e.getMessage());
            return otherwise;
        }
    }

    /** Ticks and readings both carry {@code clockAt}. */
    private void takeStamp(ConsumerRecord<String, byte[]> record) {
        Instant clockAt = time(parse(record.value()), "clockAt");
        if (clockAt != null) {
            keep(clockAt);
        }
    }

    private static @Nullable JsonNode parse(byte @Nullable [] value) {
        try {
            return value == null ? null : JsonCodec.internal().readTree(value);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Instant time(@Nullable JsonNode json, String field) {
        try {
            if (json == null || !json.path(field).isTextual()) {
                return null;
            }
            Instant time = Instant.parse(json.path(field).asText());
            return Era.contains(time) ? time : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void keep(Instant time) {
        newest = newest == null || time.isAfter(newest) ? time : newest;
    }

    /** The last record of {@code city.clock.v1}. */
    public Optional<ClockState> state() {
        return Optional.ofNullable(state);
    }

    /** The furthest the clock is known to have come. */
    public Optional<Instant> newest() {
        return Optional.ofNullable(newest);
    }
}
