package org.citystream.service.kafka;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deployment's clock as {@code city.clock.v1} tells it. For those who ask rarely: nothing follows the topic. */
public final class ClockTopic {
    private static final Logger LOG = LoggerFactory.getLogger(ClockTopic.class);
    private static final Duration POLL = Duration.ofMillis(500);
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
        TopicPartition partition = new TopicPartition(Topics.CLOCK.name(), 0);
        List<TopicPartition> partitions = List.of(partition);
        Optional<Written> latest = Optional.empty();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            consumer.assign(partitions);
            long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
            long beginning = consumer.beginningOffsets(partitions).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(beginning, end - TAIL));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    latest = later(latest, record);
                }
            }
        }
        return latest;
    }

    private static Optional<Written> later(Optional<Written> latest, ConsumerRecord<String, byte[]> record) {
        try {
            ClockState state = JsonCodec.read(record.value(), ClockState.class);
            return latest.isPresent() && latest.get().state().now().isAfter(state.now())
                    ? latest
                    : Optional.of(new Written(state, Instant.ofEpochMilli(record.timestamp())));
        } catch (UncheckedIOException e) {
            LOG.warn("skipped {}@{}: {}", record.topic(), record.offset(), e.toString());
            return latest;
        }
    }
}
