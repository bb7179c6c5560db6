package org.citystream.gateway.forward;

import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.gateway.forward.KafkaForwarder.DeadLetter;
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
    ProducerRecord<@Nullable String, byte[]> of(DeadLetter letter) {
        return record(letter, letter.delivery().payload());
    }

    /** Its beginning only, for when Kafka does not take the whole; {@code original-bytes} tells its true size. */
    ProducerRecord<@Nullable String, byte[]> beginningOf(DeadLetter letter) {
        byte[] payload = letter.delivery().payload();
        byte[] beginning = Arrays.copyOf(payload, Math.min(payload.length, JsonCodec.MAX_DOCUMENT_BYTES));
        ProducerRecord<@Nullable String, byte[]> record = record(letter, beginning);
        add(record.headers(), RecordHeaders.ORIGINAL_BYTES, Integer.toString(payload.length));
        return record;
    }

    private ProducerRecord<@Nullable String, byte[]> record(DeadLetter letter, byte[] value) {
        Delivery delivery = letter.delivery();
        Rejected rejected = letter.rejected();
        ProducerRecord<@Nullable String, byte[]> record = new ProducerRecord<>(
                Topics.READINGS_REJECTED.name(), null, delivery.receivedAt().toEpochMilli(), delivery.topic(), value);
        Headers headers = record.headers();
        add(headers, RecordHeaders.REASON, rejected.reason().code());
        add(headers, RecordHeaders.DETAIL, rejected.detail());
        add(headers, RecordHeaders.MQTT_TOPIC, delivery.topic());
        add(headers, RecordHeaders.RECEIVED_AT, delivery.receivedAt().toString());
        add(headers, RecordHeaders.DECODER, letter.decoder());
        headers.add(RecordHeaders.GATEWAY_ID, gatewayId);
        if (letter.readings() > 1) {
            add(headers, RecordHeaders.READINGS, Integer.toString(letter.readings()));
        }
        if (rejected.sensorId() != null) {
            add(headers, RecordHeaders.SENSOR_ID, rejected.sensorId());
        }
        if (rejected.observedAt() != null) {
            add(headers, RecordHeaders.OBSERVED_AT, rejected.observedAt().toString());
        }
        RecordHeaders.addReplayOf(headers, delivery);
        return record;
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, RecordHeaders.utf8(text));
    }
}
