package org.citystream.jobs.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;

/** Rules and registry on their Kafka topics. */
public final class KafkaControlLog implements ControlLog {
    private static final long serialVersionUID = 1;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaAccess kafka;

    public KafkaControlLog(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    @Override
    public List<Control> readToEnd() {
        List<Control> controls = new ArrayList<>();
        Properties properties = kafka.consumer();
        properties.setProperty("enable.auto.commit", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Topic topic : List.of(Topics.SENSORS, Topics.RULES)) {
                readToEnd(consumer, topic, controls);
            }
        }
        return controls;
    }

    private static void readToEnd(KafkaConsumer<byte[], byte[]> consumer, Topic topic, List<Control> controls) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null) {
                    controls.add(ControlDeserializer.control(record));
                }
            }
        }
    }

    @Override
    public DataStream<Control> follow(StreamExecutionEnvironment env) {
        KafkaSource<Control> source = KafkaSource.<Control>builder()
                .setProperties(kafka.consumer())
                .setTopics(Topics.SENSORS.name(), Topics.RULES.name())
                .setGroupId("citystream-control")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new ControlDeserializer())
                .setProperty("commit.offsets.on.checkpoint", "false")
                .build();
        return env.fromSource(source, new AlwaysComplete<>(), "rules and registry")
                .setParallelism(1)
                .uid("control");
    }
}
