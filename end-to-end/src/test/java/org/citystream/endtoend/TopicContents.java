package org.citystream.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;

/** What stands in a topic now, ticks left out. */
final class TopicContents implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;

    TopicContents(String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties);
    }

    /** All records, partition by partition in order. */
    List<ConsumerRecord<String, byte[]>> of(Topic topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofSeconds(1)).forEach(record -> {
                if (record.headers().lastHeader(ClockTick.HEADER) == null) {
                    records.add(record);
                }
            });
        }
        return records;
    }

    /** All values, read as {@code type}. */
    <T> List<T> of(Topic topic, Class<T> type) {
        return of(topic).stream()
                .map(record -> JsonCodec.read(record.value(), type))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
