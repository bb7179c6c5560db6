package org.citystream.jobs.timeseries;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Puts points that the store refuses on their topic, whole, with the store's reason as the header {@code reason}. Connects
 * when there is one: most jobs never see any.
 */
final class RejectedPoints implements BatchWriter.RejectedLines {
    private final KafkaAccess kafka;
    private @Nullable KafkaProducer<String, byte[]> producer;

    RejectedPoints(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    @Override
    public void put(String line, String reason) throws IOException, InterruptedException {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.POINTS_REJECTED.name(), measurement(line), line.getBytes(StandardCharsets.UTF_8));
        record.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
        try {
            connected().send(record).get();
        } catch (ExecutionException e) {
            throw new IOException("a point that the store refused cannot be put on " + record.topic(), e.getCause());
        }
    }

    private static String measurement(String line) {
        return line.split("[, ]", 2)[0];
    }

    private KafkaProducer<String, byte[]> connected() {
        KafkaProducer<String, byte[]> connected = producer;
        if (connected == null) {
            Properties properties = kafka.producer();
            properties.setProperty("acks", "all");
            connected = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
            producer = connected;
        }
        return connected;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
