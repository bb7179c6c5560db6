package org.citystream.dashboard.live.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.citystream.dashboard.live.LiveIntake;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of the live picture on a thread of its own, with assigned partitions and no commits: every
 * dashboard sees everything, and a new one starts from recent records. Survives topics that do not exist yet and a Kafka
 * that comes later: it begins anew until it can.
 */
public final class KafkaFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MS = 1_000;
    private static final long ASK_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How many of the last records of each partition are read at the start; absent: all of them. */
    private static final Map<Topic, Optional<Long>> FOLLOWED = followed();

    private final KafkaSettings settings;
    private final LiveIntake intake;
    private final Map<String, Counter> records = new HashMap<>();
    private final Counter skipped;
    private final Thread thread;
    private final Object stopped = new Object();
    private volatile boolean closing;
    private volatile Optional<String> problem = Optional.of("still reading the recent past");
    private volatile Optional<KafkaConsumer<String, byte[]>> running = Optional.empty();

    public KafkaFeed(KafkaSettings settings, LiveIntake intake, MeterRegistry metrics) {
        this.settings = settings;
        this.intake = intake;
        for (Topic topic : FOLLOWED.keySet()) {
            records.put(topic.name(), metrics.counter("citystream_dashboard_live_records", "topic", topic.name()));
        }
        this.skipped = metrics.counter("citystream_dashboard_live_records_skipped");
        this.thread = new Thread(this::run, "live-feed");
        thread.setDaemon(true);
    }

    /*
     * The registry, health and events are whole states: compacted, or few. Of the summaries enough is read to find the
     * latest of every subject of a large city, also when nothing has arrived for days.
     */
    private static Map<Topic, Optional<Long>> followed() {
        Map<Topic, Optional<Long>> followed = new LinkedHashMap<>();
        followed.put(Topics.SENSORS, Optional.empty());
        followed.put(Topics.SENSOR_HEALTH, Optional.empty());
        followed.put(Topics.EVENTS, Optional.empty());
        followed.put(Topics.SUMMARIES_TRAFFIC, Optional.of(10_000L));
        followed.put(Topics.SUMMARIES_AIR, Optional.of(5_000L));
        followed.put(Topics.CLOCK, Optional.of(2L));
        return followed;
    }

    public void start() {
        thread.start();
    }

    /** Why the live picture is not complete. */
    public Optional<String> problem() {
        return problem;
    }

    private void run() {
        while (!closing) {
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
                running = Optional.of(consumer);
                follow(consumer);
            } catch (WakeupException e) {
                LOG.debug("woken up to stop");
            } catch (KafkaException | IllegalStateException e) {
                problem = Optional.of("Kafka: " + e.getMessage());
                LOG.warn("the live feed begins anew: {}", e.toString());
                pause();
            } finally {
                running = Optional.empty();
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        Map<TopicPartition, Optional<Long>> partitions = partitions(consumer);
        consumer.assign(partitions.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.keySet());
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions.keySet());
        partitions.forEach((partition, recent) -> {
            long beginning = beginnings.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, beginning);
            consumer.seek(
                    partition, recent.map(n -> Math.max(beginning, end - n)).orElse(beginning));
        });
        boolean caughtUp = false;
        long askedAt = System.nanoTime();
        while (!closing) {
            consumer.poll(POLL).forEach(this::take);
            if (!caughtUp && reached(consumer, ends)) {
                caughtUp = true;
                LOG.info("the live picture is complete");
                problem = Optional.empty();
            }
            if (caughtUp && System.nanoTime() - askedAt > ASK_NANOS) {
                problem = ask(consumer);
                askedAt = System.nanoTime();
            }
        }
    }

    /** A consumer whose Kafka is gone reads on in silence, as it does where nothing happens. */
    private static Optional<String> ask(KafkaConsumer<String, byte[]> consumer) {
        try {
            consumer.endOffsets(consumer.assignment(), PATIENCE);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("Kafka does not answer: what is shown is no longer followed");
        }
    }

    private static boolean reached(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static Map<TopicPartition, Optional<Long>> partitions(KafkaConsumer<String, byte[]> consumer) {
        Map<String, List<PartitionInfo>> existing = consumer.listTopics();
        Map<TopicPartition, Optional<Long>> partitions = new LinkedHashMap<>();
        FOLLOWED.forEach((topic, recent) -> {
            List<PartitionInfo> infos = existing.get(topic.name());
            if (infos == null) {
                throw new IllegalStateException("topic " + topic + " does not exist");
            }
            infos.forEach(info -> partitions.put(new TopicPartition(info.topic(), info.partition()), recent));
        });
        return partitions;
    }

    /** A record that cannot be read must not end the following of the others. */
    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.value() != null) {
                intake.accept(record.topic(), record.value());
            }
            Counter counter = records.get(record.topic());
            if (counter != null) {
                counter.increment();
            }
        } catch (RuntimeException e) {
            skipped.increment();
            LOG.warn("skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.toString());
        }
    }

    private void pause() {
        synchronized (stopped) {
            try {
                if (!closing) {
                    stopped.wait(PAUSE_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        synchronized (stopped) {
            stopped.notifyAll();
        }
        running.ifPresent(KafkaConsumer::wakeup);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
