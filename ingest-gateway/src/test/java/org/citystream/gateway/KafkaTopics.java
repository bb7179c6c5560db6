package org.citystream.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** The catalogue's topics in some Kafka. */
record KafkaTopics(KafkaSettings settings) {
    void create() {
        try (Admin admin = Admin.create(settings.admin())) {
            admin.createTopics(Topics.ALL.stream()
                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1)
                                    .configs(topic.configuration()))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a record and returns when it is stored. */
    void write(Topic topic, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings.producer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that a topic holds now, ticks included, in partition order. */
    List<ConsumerRecord<@Nullable String, byte[]>> records(Topic topic) {
        List<ConsumerRecord<@Nullable String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<@Nullable String, byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** The readings among them. */
    List<ConsumerRecord<@Nullable String, byte[]>> readings(Topic topic) {
        return records(topic).stream().filter(record -> !City.isTick(record)).toList();
    }
}
