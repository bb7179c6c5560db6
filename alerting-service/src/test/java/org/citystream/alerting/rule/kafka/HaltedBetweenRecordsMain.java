package org.citystream.alerting.rule.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicChange;

/** Appends two records to the rules and dies, as by a power cut, once the broker has the first and before it gets the second. */
final class HaltedBetweenRecordsMain {
    static final int HALTED = 9;

    private HaltedBetweenRecordsMain() {}

    public static void main(String[] arguments) {
        KafkaSettings kafka = new KafkaSettings(arguments[0]);
        Map<String, byte[]> records = new Halting(kafka);
        records.put("half@1", "{\"id\":\"half\"}".getBytes(StandardCharsets.UTF_8));
        records.put("other-half@1", "{\"id\":\"other-half\"}".getBytes(StandardCharsets.UTF_8));
        try (TopicChange change = TopicChange.begin(Topics.RULES, kafka)) {
            change.append(records);
        }
    }

    private static final class Halting extends LinkedHashMap<String, byte[]> {
        private static final long serialVersionUID = 1L;

        private final transient KafkaSettings kafka;

        Halting(KafkaSettings kafka) {
            this.kafka = kafka;
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super byte[]> action) {
            Map.Entry<String, byte[]> first = entrySet().iterator().next();
            action.accept(first.getKey(), first.getValue());
            awaitUncommittedRecord(kafka);
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private static void awaitUncommittedRecord(KafkaSettings kafka) {
        Map<String, Object> settings = kafka.consumer();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = List.of(new TopicPartition(Topics.RULES.name(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                // The broker does not have it yet.
            }
        }
    }
}
