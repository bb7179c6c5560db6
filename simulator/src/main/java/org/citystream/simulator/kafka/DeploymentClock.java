package org.citystream.simulator.kafka;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the deployment's clock stands: the newest record of {@code city.clock.v1}. */
public final class DeploymentClock {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentClock.class);
    private static final int TAIL = 20;
    private static final Duration POLL = Duration.ofMillis(500);

    private DeploymentClock() {}

    /** Empty in a new deployment. */
    public static Optional<Instant> read(KafkaSettings kafka) {
        TopicPartition partition = new TopicPartition(Topics.CLOCK.name(), 0);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            List<TopicPartition> partitions = List.of(partition);
            consumer.assign(partitions);
            long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
            long beginning = consumer.beginningOffsets(partitions).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(beginning, end - TAIL));
            Optional<Instant> newest = Optional.empty();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    newest = later(newest, record);
                }
            }
            return newest;
        }
    }

    private static Optional<Instant> later(Optional<Instant> newest, ConsumerRecord<String, byte[]> record) {
        try {
            Instant now = JsonCodec.read(record.value(), ClockState.class).now();
            return newest.isPresent() && newest.get().isAfter(now) ? newest : Optional.of(now);
        } catch (UncheckedIOException e) {
            LOG.warn("skipped {}@{}: {}", record.topic(), record.offset(), e.toString());
            return newest;
        }
    }
}
