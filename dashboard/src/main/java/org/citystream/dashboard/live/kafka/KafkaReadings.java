package org.citystream.dashboard.live.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.citystream.dashboard.live.RecentReadings;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;

/**
 * Looks for a sensor's readings in the last records of its partition. Nobody follows the readings for this: they are
 * many, and looked at seldom. A few may look at a time.
 */
public final class KafkaReadings implements RecentReadings {
    private static final int RECORDS_LOOKED_THROUGH = 20_000;
    private static final int LOOKING_AT_A_TIME = 2;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(4).toNanos();

    private final KafkaSettings settings;
    private final Semaphore places = new Semaphore(LOOKING_AT_A_TIME);

    public KafkaReadings(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<JsonNode> of(Sensor sensor, int atMost) {
        if (!places.tryAcquire()) {
            throw new UnavailableException("others are looking through the readings; try again in a moment");
        }
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
            return look(consumer, sensor, atMost);
        } catch (KafkaException e) {
            throw new UnavailableException("Kafka: " + e.getMessage());
        } finally {
            places.release();
        }
    }

    private static List<JsonNode> look(KafkaConsumer<String, byte[]> consumer, Sensor sensor, int atMost) {
        TopicPartition partition = partition(consumer, sensor);
        Collection<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        long beginning = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(beginning, end - RECORDS_LOOKED_THROUGH));
        Deque<JsonNode> newestFirst = new ArrayDeque<>();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (consumer.position(partition) < end && System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (sensor.sensorId().equals(record.key())) {
                    take(record, newestFirst, atMost);
                }
            }
        }
        return List.copyOf(newestFirst);
    }

    /** The gateway's producer writes a key where Kafka's default partitioner says. */
    private static TopicPartition partition(KafkaConsumer<String, byte[]> consumer, Sensor sensor) {
        Topic topic = sensor.kind() == SensorKind.TRAFFIC ? Topics.READINGS_TRAFFIC : Topics.READINGS_AIR;
        int partitions = consumer.partitionsFor(topic.name()).size();
        byte[] key = sensor.sensorId().getBytes(StandardCharsets.UTF_8);
        return new TopicPartition(topic.name(), BuiltInPartitioner.partitionForKey(key, partitions));
    }

    private static void take(ConsumerRecord<String, byte[]> record, Deque<JsonNode> newestFirst, int atMost) {
        try {
            newestFirst.addFirst(JsonCodec.read(record.value(), JsonNode.class));
        } catch (UncheckedIOException e) {
            return; // what is no reading is for the jobs to count
        }
        if (newestFirst.size() > atMost) {
            newestFirst.removeLast();
        }
    }
}
