package org.citystream.stack.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the ends of the topics of readings and of summaries, however often Kafka goes and comes. Where there is traffic, a
 * summary is one of traffic: those of air come every few minutes or hours.
 */
final class KafkaFlow implements Flow, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFlow.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MILLIS = 500;
    private static final int FETCH_BYTES = 256 * 1024;

    /** Shorter than what is called steady, so that a last few readings do not make a recovery. */
    private static final Duration GAP_UNDER_LOAD = Duration.ofMillis(1_500);

    private static final int MANY_A_SECOND = 10;
    private static final Duration ANY_GAP = Duration.ofDays(1);

    private final KafkaSettings kafka;
    private final Duration longestGap;
    private final Thread thread = new Thread(this::watch, "flow");
    private volatile Instant lastReadingAt = Instant.MIN;
    private volatile Instant lastSummaryOfTrafficAt = Instant.MIN;
    private volatile Instant lastSummaryOfAirAt = Instant.MIN;
    private volatile boolean closing;

    private KafkaFlow(KafkaSettings kafka, Duration longestGap) {
        this.kafka = kafka;
        this.longestGap = longestGap;
        thread.setDaemon(true);
    }

    /** @param messagesPerSecond that are known to be sent; 0: nobody knows */
    static KafkaFlow of(KafkaSettings kafka, int messagesPerSecond) {
        KafkaFlow flow = new KafkaFlow(kafka, messagesPerSecond >= MANY_A_SECOND ? GAP_UNDER_LOAD : ANY_GAP);
        flow.thread.start();
        return flow;
    }

    @Override
    public Instant lastReadingAt() {
        return lastReadingAt;
    }

    @Override
    public Instant lastSummaryAt() {
        return lastSummaryOfTrafficAt.equals(Instant.MIN) ? lastSummaryOfAirAt : lastSummaryOfTrafficAt;
    }

    @Override
    public Duration longestGap() {
        return longestGap;
    }

    private void watch() {
        while (!closing) {
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(properties())) {
                List<TopicPartition> partitions = Stream.of(
                                Topics.READINGS_TRAFFIC,
                                Topics.READINGS_AIR,
                                Topics.SUMMARIES_TRAFFIC,
                                Topics.SUMMARIES_AIR)
                        .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToEnd(partitions);
                while (!closing) {
                    consumer.poll(POLL).forEach(this::seen);
                }
            } catch (WakeupException e) {
                LOG.debug("woken", e);
            } catch (KafkaException e) {
                LOG.debug("Kafka is not there", e);
                pause();
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(kafka.consumer());
        // Whatever is slow here would be counted as the pipeline's own slowness.
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return properties;
    }

    private void seen(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.SUMMARIES_TRAFFIC.name())) {
            lastSummaryOfTrafficAt = Instant.now();
        } else if (record.topic().equals(Topics.SUMMARIES_AIR.name())) {
            lastSummaryOfAirAt = Instant.now();
        } else if (record.headers().lastHeader(ClockTick.HEADER) == null) {
            lastReadingAt = Instant.now();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join(Duration.ofSeconds(5).toMillis());
    }
}
