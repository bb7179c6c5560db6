package org.citystream.jobs.kafka;

import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.wire.Topic;

/** Where the jobs write: at least once, because every consumer recognises a repetition by its identity. */
public final class Sinks {
    private Sinks() {}

    public static KafkaSink<KeyedJson> to(Topic topic, String bootstrapServers) {
        return KafkaSink.<KeyedJson>builder()
                .setBootstrapServers(bootstrapServers)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new KeyedJsonSerializer(topic.name()))
                .setProperty("linger.ms", "5")
                .setProperty("compression.type", "lz4")
                .build();
    }
}
