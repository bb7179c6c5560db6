package org.citystream.gateway.forward;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.mqtt.Delivery;
import org.jspecify.annotations.Nullable;

/** Accepted readings as Kafka records: keyed by sensor, stamped with their arrival. */
final class ReadingRecords {
    private static final byte[] JSON = RecordHeaders.utf8("application/json");

    private final byte[] gatewayId;

    ReadingRecords(String gatewayId) {
        this.gatewayId = RecordHeaders.utf8(gatewayId);
    }

    /** The record of a stamped reading. */
    ProducerRecord<@Nullable String, byte[]> of(Delivery delivery, Reading reading) {
        ProducerRecord<@Nullable String, byte[]> record = new ProducerRecord<>(
                reading.topic().name(), null, delivery.receivedAt().toEpochMilli(), reading.sensorId(), reading.json());
        Headers headers = record.headers();
        headers.add(RecordHeaders.MQTT_TOPIC, RecordHeaders.utf8(delivery.topic()));
        headers.add(RecordHeaders.GATEWAY_ID, gatewayId);
        headers.add(RecordHeaders.CONTENT_TYPE, JSON);
        headers.add(RecordHeaders.SCHEMA, RecordHeaders.utf8(reading.schema()));
        RecordHeaders.addReplayOf(headers, delivery);
        return record;
    }
}
