package org.citystream.gateway.forward;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.mqtt.Delivery;
import org.citystream.model.reading.ClockState;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to Kafka through one idempotent producer and says what became of each record. What the producer can retry it
 * retries by itself, in order. A record that Kafka will never take is handed back. Anything else breaks the line: no
 * record is reported stored any more until {@link #mend} has put a new producer in place of the broken one.
 *
 * <p>{@link #forward}, {@link #bury}, {@link #tick} and {@link #handleRefused} belong to one thread, whose order of calls is the order of
 * records in each partition.
 */
public final class KafkaForwarder {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaForwarder.class);
    private static final List<Topic> READINGS = List.of(Topics.READINGS_TRAFFIC, Topics.READINGS_AIR);
    private static final byte[] NO_CONTENT = new byte[0];
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final int LARGEST_REQUEST_BYTES = 2 * 1024 * 1024;

    /**
     * A message that goes to the dead letters.
     *
     * @param rejected why, with the sensor and time of the first of its readings concerned
     * @param readings how many of them this is said of
     */
    public record DeadLetter(Delivery delivery, Rejected rejected, String decoder, int readings) {

        /** The same said of one more reading. */
        public DeadLetter andOneMore() {
            return new DeadLetter(delivery, rejected, decoder, readings + 1);
        }
    }

    /** One producer's life. */
    private static final class Line {
        private final Producer<@Nullable String, byte[]> producer;
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicInteger pendingTicks = new AtomicInteger();

        private Line(Producer<@Nullable String, byte[]> producer) {
            this.producer = producer;
        }
    }

    private final Supplier<Producer<@Nullable String, byte[]>> producers;
    private final byte[] gatewayId;
    private final ReadingRecords readings;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final Consumer<String> whenBroken;
    private final Queue<Runnable> refused = new ConcurrentLinkedQueue<>();
    private volatile Line line;
    private volatile @Nullable String brokenBecause;
    private volatile @Nullable Instant lastTick;
    private volatile boolean closed;

    /**
     * @param producers makes a new producer; called again after the former one failed
     * @param whenBroken hears why the line broke, once per producer, on any thread; must return at once
     */
    public KafkaForwarder(
            Supplier<Producer<@Nullable String, byte[]>> producers,
            String gatewayId,
            InstantSource clock,
            Consumer<String> whenBroken) {
        this.producers = producers;
        this.gatewayId = RecordHeaders.utf8(gatewayId);
        this.readings = new ReadingRecords(gatewayId);
        this.deadLetters = new DeadLetters(gatewayId);
        this.clock = clock;
        this.whenBroken = whenBroken;
        this.line = new Line(producers.get());
    }

    /** To a real Kafka. */
    public static KafkaForwarder to(
            KafkaSettings settings,
            String gatewayId,
            Duration deliveryTimeout,
            InstantSource clock,
            Consumer<String> whenBroken) {
        return new KafkaForwarder(producers(settings, gatewayId, deliveryTimeout), gatewayId, clock, whenBroken);
    }

    private static Supplier<Producer<@Nullable String, byte[]>> producers(
            KafkaSettings settings, String gatewayId, Duration deliveryTimeout) {
        Map<String, Object> properties = new HashMap<>(settings.producer());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, gatewayId);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) deliveryTimeout.toMillis());
        properties.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(30_000, deliveryTimeout.toMillis() / 2));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) Math.min(30_000, deliveryTimeout.toMillis()));
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST_BYTES);
        // The broker waits for our acknowledgements: waiting for fuller batches would slow it down.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        return () -> new KafkaProducer<>(properties);
    }

    /**
     * Sends a stamped reading.
     *
     * @param stored called once all in-sync replicas have it, on the producer's thread
     * @param neverStorable called from {@link #handleRefused} if Kafka refuses this very record for good
     */
    public void forward(Delivery delivery, Reading reading, Runnable stored, Consumer<Exception> neverStorable) {
        send(readings.of(delivery, reading), stored, neverStorable);
    }

    /** Sends a rejected message to the dead letters, whole, or if Kafka does not take it whole, its beginning. */
    public void bury(DeadLetter letter, Runnable stored) {
        send(
                deadLetters.of(letter),
                stored,
                tooMuch -> send(
                        deadLetters.beginningOf(letter),
                        stored,
                        even -> breakDown(line, "Kafka refuses even the beginning of a rejected message: " + even)));
    }

    private void send(
            ProducerRecord<@Nullable String, byte[]> record, Runnable stored, Consumer<Exception> neverStorable) {
        Line current = line;
        if (current.broken.get()) {
            return;
        }
        try {
            current.producer.send(record, (metadata, e) -> {
                if (current.broken.get()) {
                    return;
                }
                if (e == null) {
                    stored.run();
                } else if (isAboutTheRecord(e)) {
                    refused.add(() -> neverStorable.accept(e));
                } else {
                    breakDown(current, "Kafka did not take a record of " + record.topic() + ": " + e);
                }
            });
        } catch (SerializationException e) {
            refused.add(() -> neverStorable.accept(e));
        } catch (KafkaException | IllegalStateException e) {
            breakDown(current, "Kafka did not take a record of " + record.topic() + ": " + e);
        }
    }

    private static boolean isAboutTheRecord(Exception e) {
        return e instanceof RecordTooLargeException
                || e instanceof RecordBatchTooLargeException
                || e instanceof SerializationException
                || e instanceof InvalidTimestampException
                || e instanceof InvalidRecordException;
    }

    private void breakDown(Line which, String reason) {
        if (which.broken.compareAndSet(false, true) && !closed) {
            brokenBecause = reason;
            LOG.error("{}", reason);
            whenBroken.accept(reason);
        }
    }

    /** Deals with records that Kafka has refused since the last call. */
    public void handleRefused() {
        for (Runnable next = refused.poll(); next != null; next = refused.poll()) {
            next.run();
        }
    }

    /**
     * Writes the clock into every partition of both readings topics, behind what was sent before, and to the clock topic.
     * While an earlier tick has not arrived nothing is written: time is not to pass in a Kafka that stands still.
     */
    public void tick(ClockTick tick, ClockState state) {
        Line current = line;
        if (current.broken.get() || current.pendingTicks.get() > 0) {
            return;
        }
        Instant now = clock.instant();
        lastTick = now;
        byte[] value = JsonCodec.write(tick);
        try {
            for (Topic topic : READINGS) {
                for (PartitionInfo partition : current.producer.partitionsFor(topic.name())) {
                    ProducerRecord<@Nullable String, byte[]> record =
                            new ProducerRecord<>(topic.name(), partition.partition(), now.toEpochMilli(), null, value);
                    record.headers().add(ClockTick.HEADER, NO_CONTENT);
                    sendTick(current, record);
                }
            }
            ProducerRecord<@Nullable String, byte[]> record =
                    new ProducerRecord<>(Topics.CLOCK.name(), null, now.toEpochMilli(), null, JsonCodec.write(state));
            record.headers().add(RecordHeaders.GATEWAY_ID, gatewayId);
            sendTick(current, record);
        } catch (KafkaException | IllegalStateException e) {
            breakDown(current, "Kafka did not take the clock: " + e);
        }
    }

    private void sendTick(Line current, ProducerRecord<@Nullable String, byte[]> record) {
        current.pendingTicks.incrementAndGet();
        send(record, current.pendingTicks::decrementAndGet, e -> {
            current.pendingTicks.decrementAndGet();
            breakDown(current, "Kafka does not take the clock: " + e);
        });
    }

    /** Why the line is broken and waits to be mended. */
    public Optional<String> problemBreakingTheLine() {
        return line.broken.get() ? Optional.ofNullable(brokenBecause) : Optional.empty();
    }

    /** Replaces a broken producer; what it still held is forgotten, unreported. */
    public synchronized void mend() {
        Line old = line;
        if (!old.broken.get() || closed) {
            return;
        }
        old.producer.close(Duration.ZERO);
        refused.clear();
        line = new Line(producers.get());
        LOG.info("Kafka producer rebuilt");
    }

    /** Why nothing is being stored. */
    public Optional<String> problem() {
        Line current = line;
        if (current.broken.get()) {
            return Optional.ofNullable(brokenBecause);
        }
        Instant tickAt = lastTick;
        if (tickAt != null
                && current.pendingTicks.get() > 0
                && Duration.between(tickAt, clock.instant()).compareTo(SLOW) > 0) {
            return Optional.of("Kafka has acknowledged nothing since " + tickAt);
        }
        return Optional.empty();
    }

    /** Waits until all that was sent is stored, at most so long. */
    public void drain(Duration timeout) {
        Thread flusher = new Thread(this::flush, "kafka-flush");
        flusher.setDaemon(true);
        flusher.start();
        try {
            flusher.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        try {
            line.producer.flush();
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("Kafka did not take everything before the stop: {}", e.toString());
        }
    }

    /** Closes without waiting; call {@link #drain} first. What is not stored is not reported stored. */
    public synchronized void close() {
        closed = true;
        line.broken.set(true);
        line.producer.close(Duration.ZERO);
    }
}
