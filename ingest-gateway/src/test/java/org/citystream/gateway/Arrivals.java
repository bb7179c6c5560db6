package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** What of one {@link Fleet} has come to Kafka: how often, and in which order. */
final class Arrivals implements AutoCloseable {
    private final String prefix;
    private final KafkaConsumer<@Nullable String, byte[]> consumer;
    private final Set<Long> unique = new HashSet<>();
    private final Map<String, Long> latest = new HashMap<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private long records;

    Arrivals(City city, String prefix) {
        this.prefix = prefix + "-";
        consumer = new KafkaConsumer<>(city.settings().consumer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.READINGS_TRAFFIC.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits until that many different readings have come; fails when they do not. */
    Arrivals await(long count) {
        return await(count, Duration.ofMinutes(2));
    }

    Arrivals await(long count, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (unique.size() < count) {
            assertThat(System.nanoTime())
                    .as(
                            "%s of %s readings of %s* have come within %s; missing: %s",
                            unique.size(), count, prefix, patience, missing(count))
                    .isLessThan(deadline);
            take();
        }
        // What else is there already.
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            take();
        }
        return this;
    }

    private List<Long> missing(long count) {
        return LongStream.range(0, count)
                .filter(sequence -> !unique.contains(sequence))
                .limit(20)
                .boxed()
                .toList();
    }

    private void take() {
        for (ConsumerRecord<@Nullable String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            if (!City.isTick(record) && String.valueOf(record.key()).startsWith(prefix)) {
                take(JsonCodec.read(record.value(), TrafficReading.class));
            }
        }
    }

    private void take(TrafficReading reading) {
        long sequence = reading.sequence() == null ? -1 : reading.sequence();
        records++;
        if (unique.add(sequence) && latest.merge(reading.sensorId(), sequence, Math::max) != sequence) {
            outOfOrder.add(reading.sensorId() + ": " + sequence + " after " + latest.get(reading.sensorId()));
        }
    }

    long unique() {
        return unique.size();
    }

    long duplicates() {
        return records - unique.size();
    }

    /** First arrivals behind later readings of their sensor. */
    List<String> outOfOrder() {
        return outOfOrder;
    }

    /** Each of the sequences from 0 once at least, and each sensor's in order. */
    void assertNothingLost(long count) {
        assertThat(unique).as("lost").hasSize((int) count);
        assertThat(outOfOrder).as("order per sensor at first arrival").isEmpty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
