package org.citystream.audit.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** Since when topics hold everything that came: Kafka forgets the oldest records of each partition by itself. */
final class Beginnings implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    /**
     * Something comes into each partition at least once an hour, so that their first record tells where they begin, however
     * they are kept. Elsewhere there may be months between two records, and what was forgotten is older than the topic's
     * retention.
     */
    private static final Set<Topic> STEADY =
            Set.of(Topics.READINGS_TRAFFIC, Topics.READINGS_AIR, Topics.SUMMARIES_TRAFFIC, Topics.SUMMARIES_AIR);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Instant now;
    private final Map<Topic, Instant> known = new HashMap<>();

    /** @param now wall clock */
    Beginnings(KafkaSettings kafka, Instant now) {
        this.consumer = new KafkaConsumer<>(kafka.consumer());
        this.now = now;
    }

    /** Everything that arrived since is there; {@link Instant#MIN} if nothing has been forgotten. */
    Instant keptSince(Topic... topics) {
        return Stream.of(topics)
                .map(topic -> known.computeIfAbsent(topic, this::begins))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private Instant begins(Topic topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        return consumer.endOffsets(partitions).entrySet().stream()
                .filter(end -> begins.getOrDefault(end.getKey(), 0L) > 0)
                .map(end -> begins(topic, first(end.getKey(), end.getValue())))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private Instant begins(Topic topic, @Nullable Instant first) {
        Instant expired = now.minus(Objects.requireNonNull(topic.retention()));
        if (first == null) {
            return expired;
        }
        return STEADY.contains(topic) || first.isBefore(expired) ? first : expired;
    }

    /** When the first record arrived; null if there is none. */
    private @Nullable Instant first(TopicPartition partition, long end) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (consumer.position(partition) < end) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                return Instant.ofEpochMilli(records.iterator().next().timestamp());
            }
        }
        return null;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
