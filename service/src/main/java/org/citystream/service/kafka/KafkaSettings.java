package org.citystream.service.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.service.config.ConfigurationException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where Kafka is, and the client properties every service uses. A picocli mixin: keys are texts, values bytes. */
public final class KafkaSettings {
    @Option(
            names = "--kafka-bootstrap-servers",
            converter = BrokerAddresses.class,
            paramLabel = "HOST:PORT,...",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka brokers to start from (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers = "127.0.0.1:9092";

    @Mixin
    private KafkaSecurity security = new KafkaSecurity();

    public KafkaSettings() {}

    public KafkaSettings(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Other brokers, who are to be trusted and know us in the same way. */
    public KafkaSettings at(String otherBootstrapServers) {
        KafkaSettings other = new KafkaSettings(otherBootstrapServers);
        other.security = security;
        return other;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** What cannot work about them; properties can be had when there is nothing. */
    public List<String> problems() {
        return security.problems();
    }

    /** @throws ConfigurationException with all that cannot work */
    public void check() throws ConfigurationException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** A producer that loses nothing: idempotent, acknowledged by all in-sync replicas. */
    public Map<String, Object> producer() {
        Map<String, Object> properties = admin();
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        return properties;
    }

    /** A consumer that commits nothing by itself and reads committed records only, from the earliest. */
    public Map<String, Object> consumer(String groupId) {
        Map<String, Object> properties = consumer();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        return properties;
    }

    /** A consumer without a group, for assigned partitions. */
    public Map<String, Object> consumer() {
        Map<String, Object> properties = admin();
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    /** What every client needs. */
    public Map<String, Object> admin() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        properties.putAll(security.properties());
        return properties;
    }
}
