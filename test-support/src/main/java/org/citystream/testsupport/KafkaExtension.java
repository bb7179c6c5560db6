package org.citystream.testsupport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.citystream.embedded.KafkaServer;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kafka broker, shared by all test classes of the JVM, with the catalogue's topics. Register as a static field with
 * {@code @RegisterExtension}. Catalogue topics keep what earlier classes wrote: {@link #empty} them, or use a
 * {@link #freshTopic}.
 */
public final class KafkaExtension implements BeforeAllCallback, AfterAllCallback {
    /** How long helpers wait before they fail. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger fresh = new AtomicInteger();

    private @Nullable KafkaServer kafka;
    private @Nullable Admin admin;
    private @Nullable KafkaProducer<@Nullable String, byte[]> producer;

    @Override
    public void beforeAll(ExtensionContext context) {
        kafka = SharedServer.of(context, KafkaServer.class, directory -> KafkaServer.start(directory, 0));
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers());
        admin = Admin.create(settings);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "acks", "all", "linger.ms", "0"),
                new StringSerializer(),
                new ByteArraySerializer());
        Topics.ALL.forEach(this::create);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        started(producer).close();
        started(admin).close();
    }

    public String bootstrapServers() {
        return started(kafka).bootstrapServers();
    }

    /** Creates a topic of the catalogue's shape unless it exists. */
    public void create(Topic topic) {
        create(new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.configuration()));
    }

    /** A new, empty topic with a name of its own. */
    public String freshTopic(int partitions) {
        String name = "test-" + fresh.incrementAndGet() + "-"
                + ProcessHandle.current().pid();
        create(new NewTopic(name, partitions, (short) 1));
        return name;
    }

    /** Deletes the topics and creates them again. No client may be using them. */
    public void empty(Topic... topics) {
        await(started(admin)
                .deleteTopics(Stream.of(topics).map(Topic::name).toList())
                .all());
        // Deletion is finished some time after the broker confirmed it.
        for (Topic topic : topics) {
            Awaitility.await().atMost(PATIENCE).until(() -> createdAfterDeletion(topic));
        }
    }

    /** Deletes a partition's records before an offset, as Kafka does with what is older than it is to keep. */
    public void forget(Topic topic, int partition, long beforeOffset) {
        await(started(admin)
                .deleteRecords(
                        Map.of(new TopicPartition(topic.name(), partition), RecordsToDelete.beforeOffset(beforeOffset)))
                .all());
    }

    private boolean createdAfterDeletion(Topic topic) {
        if (await(started(admin).listTopics().names()).contains(topic.name())) {
            return false;
        }
        create(topic);
        return true;
    }

    private void create(NewTopic topic) {
        try {
            started(admin).createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new AssertionError("cannot create " + topic.name(), e);
            }
        } catch (TimeoutException e) {
            throw new AssertionError("cannot create " + topic.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> partitions(topic.name()).size() == topic.numPartitions());
    }

    /** Writes the record as JSON and returns when it is acknowledged. */
    public void produce(Topic topic, @Nullable String key, Object value) {
        produce(new ProducerRecord<>(topic.name(), key, JsonCodec.write(value)));
    }

    public void produce(String topic, @Nullable String key, byte[] value) {
        produce(new ProducerRecord<>(topic, key, value));
    }

    /** Returns when the record is acknowledged. */
    public void produce(ProducerRecord<@Nullable String, byte[]> record) {
        produce(List.of(record));
    }

    /** Returns when all records are acknowledged; those of a partition stay in order. */
    public void produce(List<ProducerRecord<@Nullable String, byte[]>> records) {
        List<Future<RecordMetadata>> sent =
                records.stream().map(record -> started(producer).send(record)).toList();
        try {
            for (Future<RecordMetadata> each : sent) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("not acknowledged: one of " + records.size() + " records", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The first {@code count} records of the topic; fails if there are fewer after {@link #PATIENCE}. */
    public List<ConsumerRecord<@Nullable String, byte[]>> consume(String topic, int count) {
        return consumeUntil(topic, records -> records.size() >= count);
    }

    /** Reads the topic from its beginning until the records so far satisfy {@code enough}; fails after {@link #PATIENCE}. */
    public List<ConsumerRecord<@Nullable String, byte[]>> consumeUntil(
            String topic, Predicate<List<ConsumerRecord<@Nullable String, byte[]>>> enough) {
        List<ConsumerRecord<@Nullable String, byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<@Nullable String, byte[]> consumer = fromBeginning(topic)) {
            while (!enough.test(records)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("after " + PATIENCE + " " + topic + " has only " + records);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Everything the topic holds now. */
    public List<ConsumerRecord<@Nullable String, byte[]>> consumeAll(String topic) {
        List<ConsumerRecord<@Nullable String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<@Nullable String, byte[]> consumer = fromBeginning(topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Whether a consumer group has committed the end of every partition that holds anything. */
    public boolean isReadUp(String groupId, Topic topic) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(started(admin).listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata());
        try (KafkaConsumer<@Nullable String, byte[]> consumer = fromBeginning(topic.name())) {
            return consumer.endOffsets(partitions(topic.name())).entrySet().stream()
                    .allMatch(end -> {
                        OffsetAndMetadata offset = committed.get(end.getKey());
                        return end.getValue() == 0 || (offset != null && offset.offset() >= end.getValue());
                    });
        }
    }

    private KafkaConsumer<@Nullable String, byte[]> fromBeginning(String topic) {
        KafkaConsumer<@Nullable String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        Collection<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private Collection<TopicPartition> partitions(String topic) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> await(started(admin).listTopics().names()).contains(topic));
        TopicDescription description = await(started(admin)
                .describeTopics(List.of(topic))
                .topicNameValues()
                .values()
                .iterator()
                .next());
        return description.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Kafka did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("register KafkaExtension as a static field with @RegisterExtension");
        }
        return part;
    }
}
