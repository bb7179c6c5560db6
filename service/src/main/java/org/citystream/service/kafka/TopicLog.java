package org.citystream.service.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.citystream.model.wire.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small topic read whole: a versioned log such as the sensor registry or the rules. {@link #readToEnd} returns once
 * the end that stood at its start has been read; {@link #follow} goes on from there on a thread of its own; {@link
 * #append} writes.
 */
public final class TopicLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long WRITE_TIMEOUT_SECONDS = 10;

    private final Topic topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<ConsumerRecord<String, byte[]>> handler;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Queue<CountDownLatch> catchingUp = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;
    private volatile Thread follower = Thread.currentThread();

    private TopicLog(Topic topic, KafkaSettings settings, Consumer<ConsumerRecord<String, byte[]>> handler) {
        this.topic = topic;
        this.handler = handler;
        this.consumer = new KafkaConsumer<>(settings.consumer());
    }

    /**
     * Reads the topic from its start to its current end.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be reached within its default API timeout
     */
    public static void readToEnd(
            Topic topic, KafkaSettings settings, Consumer<ConsumerRecord<String, byte[]>> handler) {
        try (TopicLog log = new TopicLog(topic, settings, handler)) {
            log.readToCurrentEnd();
        }
    }

    /**
     * Appends, and returns when every record is safe.
     *
     * @param records by key
     * @throws KafkaException if Kafka does not take them all; some may be there then
     */
    public static void append(Topic topic, KafkaSettings settings, Map<String, byte[]> records) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings.producer())) {
            List<Future<RecordMetadata>> written = new ArrayList<>();
            records.forEach((key, value) -> written.add(producer.send(new ProducerRecord<>(topic.name(), key, value))));
            for (Future<RecordMetadata> record : written) {
                record.get(WRITE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("not acknowledged: " + e, e);
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while writing " + topic, e);
        }
    }

    /** Reads the topic from its start and keeps following it on a daemon thread; see {@link #awaitCaughtUp}. */
    public static TopicLog follow(
            Topic topic, KafkaSettings settings, Consumer<ConsumerRecord<String, byte[]>> handler) {
        TopicLog log = new TopicLog(topic, settings, handler);
        Thread thread = new Thread(log::run, "follow-" + topic.name());
        thread.setDaemon(true);
        log.follower = thread;
        thread.start();
        return log;
    }

    /** Waits until everything that was there at the start has been handled; false on timeout. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether everything that was there at the start has been handled. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * Waits until everything that the topic holds at the time of the call has been handled, for a follower who must not
     * decide on what it has not read yet.
     *
     * @return false on timeout
     */
    public boolean catchUp(Duration timeout) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        catchingUp.add(done);
        consumer.wakeup();
        return done.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Kafka may come later than we do, and go and come again. */
    private void run() {
        try {
            while (!closing) {
                try {
                    readToCurrentEnd();
                    followOn();
                } catch (WakeupException e) {
                    LOG.debug("following {} woken", topic);
                } catch (KafkaException | IllegalStateException e) {
                    LOG.warn("following {} is interrupted: {}", topic, e.toString());
                    pause();
                }
            }
        } finally {
            consumer.close();
        }
    }

    private void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void followOn() {
        while (!closing) {
            try {
                consumer.poll(POLL).forEach(this::handle);
            } catch (WakeupException e) {
                LOG.trace("{} woken", topic);
            }
            List<CountDownLatch> waiting = List.copyOf(catchingUp);
            if (!waiting.isEmpty()) {
                readTo(consumer.endOffsets(consumer.assignment()));
                waiting.forEach(CountDownLatch::countDown);
                catchingUp.removeAll(waiting);
            }
        }
    }

    private void readToCurrentEnd() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("topic " + topic + " does not exist");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        readTo(consumer.endOffsets(partitions));
        caughtUp.countDown();
    }

    private void readTo(Map<TopicPartition, Long> ends) {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::handle);
        }
    }

    /** A record that cannot be handled must not end the following of the others. */
    private void handle(ConsumerRecord<String, byte[]> record) {
        try {
            handler.accept(record);
        } catch (RuntimeException e) {
            LOG.warn("skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.toString());
        }
    }

    @Override
    public void close() {
        closing = true;
        if (follower == Thread.currentThread()) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            follower.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
