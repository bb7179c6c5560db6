package org.citystream.alerting.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.citystream.alerting.lifecycle.AlertStore;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.alerting.lifecycle.InvalidDataException;
import org.citystream.alerting.lifecycle.PartitionBatch;
import org.citystream.alerting.lifecycle.StoreUnavailableException;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.PrintableText;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code city.events.v1} into the lifecycle. Where to read from stands in the database, written in the same
 * transaction as what has been read: nothing is lost or done twice, whatever dies when. While the database is away,
 * partitions are paused, and the group membership is kept.
 */
public final class EventIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);
    private static final String GROUP = "alerting-service";
    private static final Duration POLL = Duration.ofMillis(250);
    /** Until events are read: a poll that brings none lasts to its end, also when the group has been joined meanwhile. */
    private static final Duration POLL_TO_BEGIN = Duration.ofMillis(50);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int BATCH = 200;
    private static final int LONGEST_REASON = 300;

    private final KafkaSettings settings;
    private final @Nullable String instanceId;
    private final AlertStore store;
    private final AlertWriter writer;
    private final Consumer<String> refused;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "event-intake");

    /** Offset recorded in the database by assigned partition; a partition without one is still to be positioned. */
    private final Map<TopicPartition, Long> recorded = new HashMap<>();

    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile String problem = "not started";
    private Instant pausedUntil = Instant.MIN;
    private Duration pause = SHORTEST_PAUSE;

    /**
     * @param instanceId by which Kafka knows this instance over restarts; absent: it does not
     * @param refused is given the reason for each record that is no event
     * @param clock wall clock
     */
    public EventIntake(
            KafkaSettings settings,
            @Nullable String instanceId,
            AlertStore store,
            AlertWriter writer,
            Consumer<String> refused,
            InstantSource clock) {
        this.settings = settings;
        this.instanceId = instanceId;
        this.store = store;
        this.writer = writer;
        this.refused = refused;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** Why no events are being read; empty if they are. */
    public Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    private void run() {
        while (!closing) {
            try (KafkaConsumer<String, byte[]> opened = open()) {
                consumer = opened;
                recorded.clear();
                opened.subscribe(List.of(Topics.EVENTS.name()), new Assignment(opened));
                while (!closing) {
                    step(opened);
                }
            } catch (WakeupException e) {
                LOG.debug("intake was woken up to stop");
            } catch (KafkaException e) {
                problem = "Kafka: " + e.getMessage();
                LOG.warn("intake starts over: {}", e.toString());
                waitBeforeReopening();
            } catch (RuntimeException | Error e) {
                // A thread that ends would end all alerting, and nobody would see it.
                problem = "failed: " + e;
                LOG.error("intake starts over after what it was not prepared for", e);
                waitBeforeReopening();
            } finally {
                consumer = null;
            }
        }
    }

    private KafkaConsumer<String, byte[]> open() {
        Map<String, Object> properties = settings.consumer(GROUP);
        // Where to start is never Kafka's choice.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        // A killed instance's partitions move on within seconds.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        if (instanceId != null) {
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        }
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(properties);
    }

    private void step(KafkaConsumer<String, byte[]> opened) {
        try {
            if (!clock.instant().isBefore(pausedUntil)) {
                position(opened);
            }
            ConsumerRecords<String, byte[]> records = opened.poll(problem.isEmpty() ? POLL : POLL_TO_BEGIN);
            take(opened, records);
            if (opened.paused().isEmpty()) {
                // With more instances than partitions some stand by, in good health.
                problem = opened.groupMetadata().generationId() < 0 ? "has not joined the consumer group yet" : "";
                pause = SHORTEST_PAUSE;
            }
        } catch (StoreUnavailableException e) {
            pauseAll(opened, e);
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("offsets are out of range, positioning anew: {}", e.getMessage());
            e.offsetOutOfRangePartitions().keySet().forEach(recorded::remove);
        }
    }

    /** Seeks assigned partitions to where the database says. */
    private void position(KafkaConsumer<String, byte[]> opened) {
        Set<TopicPartition> unpositioned = opened.assignment().stream()
                .filter(partition -> !recorded.containsKey(partition))
                .collect(Collectors.toSet());
        if (unpositioned.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> begins = opened.beginningOffsets(unpositioned);
        Map<TopicPartition, Long> ends = opened.endOffsets(unpositioned);
        for (TopicPartition partition : unpositioned) {
            long offset = store.offset(partition.topic(), partition.partition()).orElse(-1);
            long begin = begins.getOrDefault(partition, 0L);
            opened.seek(partition, readable(partition, offset, begin, ends.getOrDefault(partition, 0L)));
            recorded.put(partition, offset);
            opened.resume(Set.of(partition));
        }
    }

    /** The recorded offset, unless the log no longer has it or has begun anew: merging again does no harm. */
    private static long readable(TopicPartition partition, long offset, long begin, long end) {
        if (offset >= begin && offset <= end) {
            return offset;
        }
        if (offset >= 0) {
            LOG.warn(
                    "{}: recorded offset {} is outside of {}..{}, reading from the start",
                    partition,
                    offset,
                    begin,
                    end);
        }
        return begin;
    }

    /** All that was polled in one transaction: every commit waits for the disk. */
    private void take(KafkaConsumer<String, byte[]> opened, ConsumerRecords<String, byte[]> records) {
        List<PartitionBatch> batches = records.partitions().stream()
                .filter(recorded::containsKey)
                .map(partition -> batch(partition, records.records(partition), this::readOrRefuse))
                .toList();
        if (batches.isEmpty()) {
            return;
        }
        try {
            commit(opened, batches);
        } catch (StoreUnavailableException | KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("what was polled was refused, taking its records one by one: {}", e.toString());
            records.forEach(record -> takeAlone(opened, record));
        }
    }

    private void takeAlone(KafkaConsumer<String, byte[]> opened, ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (!recorded.containsKey(partition)) {
            return;
        }
        try {
            // What cannot be read was refused when it was polled.
            commit(
                    opened,
                    List.of(batch(
                            partition,
                            List.of(record),
                            r -> EventReader.read(r.value()).event())));
        } catch (StoreUnavailableException | KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            // Refused by the database, or something about it that nobody has thought of: the next records are not to
            // blame.
            refuse(record, reason(e));
            commit(opened, List.of(batch(partition, List.of(record), r -> null)));
        }
    }

    private static String reason(RuntimeException e) {
        return e instanceof InvalidDataException ? String.valueOf(e.getMessage()) : "cannot be worked on: " + e;
    }

    private @Nullable CityEvent readOrRefuse(ConsumerRecord<String, byte[]> record) {
        EventReader.Reading reading = EventReader.read(record.value());
        if (reading.problem() != null) {
            refuse(record, reading.problem());
        }
        return reading.event();
    }

    /** @param read absent for a record that is passed over */
    private PartitionBatch batch(
            TopicPartition partition,
            List<ConsumerRecord<String, byte[]>> records,
            Function<ConsumerRecord<String, byte[]>, @Nullable CityEvent> read) {
        return new PartitionBatch(
                partition.topic(),
                partition.partition(),
                Objects.requireNonNull(recorded.get(partition)),
                records.get(records.size() - 1).offset() + 1,
                records.stream()
                        .flatMap(record -> Stream.ofNullable(read.apply(record)))
                        .toList());
    }

    private void commit(KafkaConsumer<String, byte[]> opened, List<PartitionBatch> batches) {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        for (PartitionBatch ours : writer.receive(batches)) {
            moved.put(partition(ours), new OffsetAndMetadata(ours.nextOffset()));
        }
        for (PartitionBatch batch : batches) {
            TopicPartition partition = partition(batch);
            if (moved.containsKey(partition)) {
                recorded.put(partition, batch.nextOffset());
            } else {
                LOG.warn(
                        "{}: another instance has moved on from {}, positioning anew",
                        partition,
                        batch.expectedOffset());
                recorded.remove(partition);
            }
        }
        // For lag monitors only; the database decides.
        opened.commitAsync(moved, (offsets, e) -> {});
    }

    private static TopicPartition partition(PartitionBatch batch) {
        return new TopicPartition(batch.topic(), batch.partition());
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warn(
                "{}-{}@{} is skipped: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                PrintableText.of(reason, LONGEST_REASON));
        refused.accept(reason);
    }

    private void pauseAll(KafkaConsumer<String, byte[]> opened, StoreUnavailableException e) {
        pausedUntil = clock.instant().plus(pause);
        problem = String.valueOf(e.getMessage());
        LOG.warn("reading events is paused for {}: {}", pause, e.getMessage());
        lengthenPause();
        opened.pause(opened.assignment());
        // What was polled and not written must come again.
        recorded.clear();
    }

    private void waitBeforeReopening() {
        try {
            closing = stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            lengthenPause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    private void lengthenPause() {
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /** Ends reading between two transactions. */
    @Override
    public void close() {
        closing = true;
        stopped.countDown();
        KafkaConsumer<String, byte[]> opened = consumer;
        if (opened != null) {
            opened.wakeup();
        }
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Assignment implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> opened;

        Assignment(KafkaConsumer<String, byte[]> opened) {
            this.opened = opened;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(recorded::remove);
        }

        /** Nothing is fetched before the database has said from where. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                recorded.remove(partition);
                // Any position: without one the consumer would ask Kafka for the group's.
                opened.seek(partition, 0);
            }
            opened.pause(partitions);
        }
    }
}
