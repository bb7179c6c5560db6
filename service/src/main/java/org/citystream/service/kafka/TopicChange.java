package org.citystream.service.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.citystream.model.wire.Topic;

/**
 * One change of a versioned log, of several records that hold together: who reads what is committed, as all our readers do,
 * sees all of them or none, whenever the writer ends.
 *
 * <p>Who begins last is the writer. What others, here or in another process, have begun before and not committed is undone, and
 * they can write no more. So a change rests on all that was written before it if the log is read after {@link #begin}; an
 * older writer that comes back from a pause is refused, and one that begins anew is not.
 */
public final class TopicChange implements AutoCloseable {
    /** Also how long a broker may take to make its log of transactions, the first time. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(500);

    private final Topic topic;
    private final KafkaSettings settings;
    private final KafkaProducer<String, byte[]> producer;

    private TopicChange(Topic topic, KafkaSettings settings) {
        this.topic = topic;
        this.settings = settings;
        Map<String, Object> properties = settings.producer();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(topic));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        this.producer = new KafkaProducer<>(properties);
    }

    /** The same for every writer of a topic, so that each takes the place of the one before it. */
    static String transactionalId(Topic topic) {
        return "citystream-" + topic.name();
    }

    /**
     * Becomes the writer, and returns when whatever was begun before is committed or undone.
     *
     * @throws KafkaException if Kafka cannot be reached, or does not let us
     */
    public static TopicChange begin(Topic topic, KafkaSettings settings) {
        TopicChange change = new TopicChange(topic, settings);
        try {
            change.producer.initTransactions();
            return change;
        } catch (KafkaException e) {
            // There is nothing to undo, and nobody who would answer.
            change.producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Appends, and returns when every record can be read.
     *
     * @param records by key
     * @throws KafkaException if Kafka does not take them, or somebody else has begun to write. None is there then, or, if no
     *     more than the answer is missing, all are
     */
    public void append(Map<String, byte[]> records) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach((key, value) -> sent.add(producer.send(new ProducerRecord<>(topic.name(), key, value))));
        producer.commitTransaction();
        awaitReadable(sent.stream().map(TopicChange::place).toList());
    }

    private static RecordMetadata place(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("not acknowledged: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** A commit is decided before its mark stands in the topic; until then readers do not see what it commits. */
    private void awaitReadable(List<RecordMetadata> places) {
        Map<TopicPartition, Long> last = new HashMap<>();
        places.forEach(
                place -> last.merge(new TopicPartition(place.topic(), place.partition()), place.offset(), Math::max));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(settings.consumer())) {
            reader.assign(last.keySet());
            last.forEach(reader::seek);
            while (last.entrySet().stream().anyMatch(each -> reader.position(each.getKey()) <= each.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("committed to " + topic + ", but not to be read yet");
                }
                reader.poll(POLL);
            }
        }
    }

    /** What is not committed by now is undone. */
    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
