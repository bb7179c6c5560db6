package org.citystream.jobs.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citystream.jobs.wire.KeyedJson;
import org.jspecify.annotations.Nullable;

/**
 * Writes records without a timestamp, so that Kafka stamps them with the time of writing. Flink's own serializers pass
 * event time on, and Kafka deletes by record timestamp: a replay of ten-year-old data would be gone within minutes.
 */
final class KeyedJsonSerializer implements KafkaRecordSerializationSchema<KeyedJson>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1;

    private final String topic;

    KeyedJsonSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            KeyedJson record, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(topic, record.key().getBytes(StandardCharsets.UTF_8), record.json());
    }

    /** By its topics an exactly-once sink finds the transactions that a failure has left open. */
    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
