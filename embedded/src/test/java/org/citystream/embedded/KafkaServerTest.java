package org.citystream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {
    @Test
    void readingsSurviveARestartAndUnknownTopicsAreNotCreated(@TempDir Path dataDir) throws Exception {
        try (KafkaServer kafka = KafkaServer.start(dataDir, 0)) {
            createTopic(kafka, "readings");
            publish(kafka, "readings", "loop-1", "first");
            assertThatThrownBy(() -> publish(kafka, "typo", "loop-1", "lost"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
        try (KafkaServer kafka = KafkaServer.start(dataDir, 0)) {
            publish(kafka, "readings", "loop-1", "second");
            assertThat(read(kafka, "readings", 2)).containsExactly("first", "second");
        }
    }

    @Test
    void clientsOfOneBehindALineComeOverTheLine(@TempDir Path dataDir) throws Exception {
        int port = FreePort.orElse(0);
        try (TcpProxy line = TcpProxy.to(port);
                KafkaServer kafka = KafkaServer.startBehind(line.port(), dataDir, port, FreePort.orElse(0))) {
            createTopic(kafka, "readings");
            publish(kafka, "readings", "loop-1", "first");

            assertThat(line.accepted()).isGreaterThanOrEqualTo(2);
        }
    }

    private static void createTopic(KafkaServer kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void publish(KafkaServer kafka, String topic, String key, String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "max.block.ms", "2000");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static List<String> read(KafkaServer kafka, String topic, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.poll.records", count),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return StreamSupport.stream(consumer.poll(Duration.ofSeconds(10)).spliterator(), false)
                    .map(record -> record.value())
                    .toList();
        }
    }
}
