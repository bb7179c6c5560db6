package org.citystream.gateway.forward;

import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.gateway.mqtt.Delivery;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** Rejected messages as Kafka records: the original bytes, and in the headers why. */
final class DeadLetters {
    private final byte[] gatewayId;

    DeadLetters(String gatewayId) {
        this.gatewayId = RecordHeaders.utf8(gatewayId);
    }

    /** The message whole. */
    ProducerRecord<@Nullable String, byte[]> of(Delivery delivery, Rejected rejected, String decoder) {
        return record(delivery, delivery.payload(), rejected, decoder);
    }

    /** Its beginning only, for when Kafka does not take the whole; {@code original-bytes} tells its true size. */
    ProducerRecord<@Nullable String, byte[]> beginningOf(Delivery delivery, Rejected rejected, String decoder) {
        byte[] payload = delivery.payload();
        byte[] beginning = Arrays.copyOf(payload, Math.min(payload.length, JsonCodec.MAX_DOCUMENT_BYTES));
        ProducerRecord<@Nullable String, byte[]> record = record(delivery, beginning, rejected, decoder);
        record.headers().add(RecordHeaders.ORIGINAL_BYTES, RecordHeaders.utf8(Integer.toString(payload.length)));
        return record;
    }

    private ProducerRecord<@Nullable String, byte[]> record(
            Delivery delivery, byte[] value, Rejected rejected, String decoder) {
        ProducerRecord<@Nullable String, byte[]> record = new ProducerRecord<>(
                Topics.READINGS_REJECTED.name(), null, delivery.receivedAt().toEpochMilli(), delivery.topic(), value);
        Headers headers = record.headers();
        headers.add(RecordHeaders.REASON, RecordHeaders.utf8(rejected.reason().code()));
        headers.add(RecordHeaders.DETAIL, RecordHeaders.utf8(rejected.detail()));
        headers.add(RecordHeaders.MQTT_TOPIC, RecordHeaders.utf8(delivery.topic()));
        headers.add(
                RecordHeaders.RECEIVED_AT,
                RecordHeaders.utf8(delivery.receivedAt().toString()));
        headers.add(RecordHeaders.DECODER, RecordHeaders.utf8(decoder));
        headers.add(RecordHeaders.GATEWAY_ID, gatewayId);
        if (rejected.sensorId() != null) {
            headers.add(RecordHeaders.SENSOR_ID, RecordHeaders.utf8(rejected.sensorId()));
        }
        if (rejected.observedAt() != null) {
            headers.add(
                    RecordHeaders.OBSERVED_AT,
                    RecordHeaders.utf8(rejected.observedAt().toString()));
        }
        return record;
    }
}
