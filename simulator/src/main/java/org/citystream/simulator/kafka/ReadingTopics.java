package org.citystream.simulator.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.recordings.RecordedReading;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** The readings that a deployment has accepted. */
public final class ReadingTopics {
    private static final Duration POLL = Duration.ofMillis(200);

    private ReadingTopics() {}

    /**
     * Hands on readings, each sensor's in their order.
     *
     * @param since only what arrived at or after this (wall clock); null: everything
     * @param goOn whether to wait for more behind what stands there now
     * @throws IllegalStateException if Kafka does not let us read
     */
    public static void read(
            KafkaSettings kafka, @Nullable Instant since, BooleanSupplier goOn, Consumer<RecordedReading> readings) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : List.of(Topics.READINGS_TRAFFIC.name(), Topics.READINGS_AIR.name())) {
                consumer.partitionsFor(topic)
                        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
            consumer.assign(partitions);
            seek(consumer, partitions, since);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (goOn.getAsBoolean()
                    || ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> hand(record, readings));
            }
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "Kafka at " + kafka.bootstrapServers() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void seek(
            KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, @Nullable Instant since) {
        if (since == null) {
            consumer.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, offset) -> seek(consumer, partition, offset));
    }

    private static void seek(
            KafkaConsumer<String, byte[]> consumer, TopicPartition partition, @Nullable OffsetAndTimestamp first) {
        if (first == null) {
            consumer.seekToEnd(List.of(partition));
        } else {
            consumer.seek(partition, first.offset());
        }
    }

    private static void hand(ConsumerRecord<String, byte[]> record, Consumer<RecordedReading> readings) {
        if (record.headers().lastHeader(ClockTick.HEADER) != null) {
            return;
        }
        if (record.topic().equals(Topics.READINGS_AIR.name())) {
            readings.accept(new RecordedReading.Air(JsonCodec.read(record.value(), AirQualityReading.class)));
        } else {
            readings.accept(new RecordedReading.Traffic(JsonCodec.read(record.value(), TrafficReading.class)));
        }
    }
}
