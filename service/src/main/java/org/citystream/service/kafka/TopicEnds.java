package org.citystream.service.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.wire.Topic;

/** The last records of topics. */
public final class TopicEnds {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TopicEnds() {}

    /**
     * Reads the last records of each partition of a topic, as it stands now.
     *
     * @param consumer is assigned the topic's partitions
     * @throws KafkaException if it cannot be read just now, or is not there
     */
    public static void read(
            KafkaConsumer<String, byte[]> consumer,
            Topic topic,
            int lastRecords,
            Consumer<ConsumerRecord<String, byte[]>> handler) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("topic " + topic + " does not exist; './city topics apply' creates it");
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, PATIENCE);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(starts.getOrDefault(partition, 0L), end - lastRecords)));
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
            consumer.poll(POLL).forEach(handler);
        }
    }
}
