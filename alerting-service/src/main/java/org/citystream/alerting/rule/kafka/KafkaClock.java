package org.citystream.alerting.rule.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.citystream.alerting.rule.DeploymentClock;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;

/** The clock from the last record of {@code city.clock.v1}. Asked rarely, so nothing follows the topic. */
public final class KafkaClock implements DeploymentClock {
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);
    private static final long LONGEST_CARRY_MILLIS = 5_000;

    private final KafkaSettings settings;
    private final InstantSource wallClock;

    public KafkaClock(KafkaSettings settings, InstantSource wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
    }

    @Override
    public Optional<Reading> read() {
        TopicPartition partition = new TopicPartition(Topics.CLOCK.name(), 0);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            long begin = consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            if (end <= begin) {
                return Optional.empty();
            }
            consumer.seek(partition, end - 1);
            return consumer.poll(LONGEST_READ).records(partition).stream()
                    .findFirst()
                    .map(this::carriedOn);
        } catch (KafkaException e) {
            throw new RuleLogException("cannot read " + Topics.CLOCK + ": " + e.getMessage(), e);
        }
    }

    /** A gateway that has stopped does not carry the clock on. */
    private Reading carriedOn(ConsumerRecord<String, byte[]> record) {
        ClockState state = JsonCodec.read(record.value(), ClockState.class);
        long elapsed = Math.max(0, wallClock.instant().toEpochMilli() - record.timestamp());
        long millis = (long) (Math.min(elapsed, LONGEST_CARRY_MILLIS) * state.speed());
        return new Reading(state.now().plusMillis(millis), state.speed());
    }
}
