package org.citystream.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citystream.embedded.KafkaServer;
import org.citystream.embedded.MqttBroker;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** A broker and a Kafka of one test class, which may be stopped and started again, and a gateway between them. */
final class City implements AutoCloseable {
    private final Path directory;
    private @Nullable MqttBroker broker;
    private @Nullable KafkaServer kafka;
    private int mqttDirectories;
    private final int mqttPort;
    private final int kafkaPort;

    City(Path directory) throws IOException {
        this.directory = directory;
        broker = MqttBroker.start(mqttDirectory(), 0);
        kafka = KafkaServer.start(Files.createDirectories(directory.resolve("kafka")), 0);
        mqttPort = broker.port();
        kafkaPort = kafka.port();
        createTopics();
    }

    private Path mqttDirectory() throws IOException {
        return Files.createDirectories(directory.resolve("mqtt-" + mqttDirectories));
    }

    private void createTopics() {
        try (Admin admin = Admin.create(settings().admin())) {
            admin.createTopics(Topics.ALL.stream()
                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1)
                                    .configs(topic.configuration()))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    KafkaSettings settings() {
        return new KafkaSettings("127.0.0.1:" + kafkaPort);
    }

    String mqttUrl() {
        return "tcp://127.0.0.1:" + mqttPort;
    }

    Gateway gateway(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--mqtt-url"))) {
            arguments.add("--mqtt-url=" + mqttUrl());
        }
        arguments.addAll(
                List.of("--kafka-bootstrap-servers=127.0.0.1:" + kafkaPort, "--http-port=0", "--drain-timeout=PT5S"));
        try {
            GatewayConfig config = Configuration.load(new GatewayConfig(), arguments.toArray(String[]::new), Map.of());
            return Gateway.start(config, InstantSource.system());
        } catch (ConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    void stopKafka() {
        if (kafka != null) {
            kafka.close();
            kafka = null;
        }
    }

    void startKafka() {
        kafka = KafkaServer.start(directory.resolve("kafka"), kafkaPort);
    }

    void stopBroker() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    void startBroker() throws IOException {
        broker = MqttBroker.start(mqttDirectory(), mqttPort);
    }

    /** Starts with nothing: sessions, queues and retained messages are gone. */
    void startForgetfulBroker() throws IOException {
        mqttDirectories++;
        startBroker();
    }

    void register(Sensor sensor) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings().producer())) {
            producer.send(new ProducerRecord<>(Topics.SENSORS.name(), sensor.key(), JsonCodec.write(sensor)))
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that a topic holds now, ticks included, in partition order. */
    List<ConsumerRecord<@Nullable String, byte[]>> records(Topic topic) {
        List<ConsumerRecord<@Nullable String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<@Nullable String, byte[]> consumer =
                new KafkaConsumer<>(settings().consumer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** The readings among them. */
    List<ConsumerRecord<@Nullable String, byte[]>> readings(Topic topic) {
        return records(topic).stream().filter(record -> !isTick(record)).toList();
    }

    static boolean isTick(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(ClockTick.HEADER) != null;
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static String reading(String sensorId, Instant observedAt, long sequence) {
        return """
                {"sensorId":"%s","observedAt":"%s","periodSeconds":60,"bootId":"b1","sequence":%d,
                 "laneId":1,"vehicleCount":14,"averageSpeedKmh":37.5,"occupancy":0.21}""".formatted(sensorId, observedAt, sequence);
    }

    @Override
    public void close() {
        stopBroker();
        stopKafka();
    }
}
