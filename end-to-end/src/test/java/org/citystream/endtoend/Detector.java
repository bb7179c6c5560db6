package org.citystream.endtoend;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;

/** A traffic detector whose numbered readings reach Kafka without a gateway. */
final class Detector {
    private final String kafka;
    private int sent;

    Detector(String kafka) {
        this.kafka = kafka;
    }

    void send(int readings) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < readings; i++) {
                String now = Instant.now().toString();
                producer.send(new ProducerRecord<>(
                        Topics.READINGS_TRAFFIC.name(),
                        "loop-1",
                        JsonCodec.write(JsonCodec.internal()
                                .createObjectNode()
                                .put("sensorId", "loop-1")
                                .put("cityId", "testville")
                                .put("observedAt", now)
                                .put("clockAt", now)
                                .put("receivedAt", now)
                                .put("bootId", "b1")
                                .put("sequence", sent++)
                                .put("averageSpeedKmh", 50 + i))));
            }
        }
    }

    /** All its readings so far. */
    int sent() {
        return sent;
    }
}
