package org.citystream.gateway.forward;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.citystream.gateway.mqtt.Delivery;

/** Kafka headers of readings and rejected messages. */
final class RecordHeaders {
    static final String MQTT_TOPIC = "mqtt-topic";
    static final String GATEWAY_ID = "gateway-id";
    static final String CONTENT_TYPE = "content-type";
    static final String SCHEMA = "schema";
    static final String REASON = "reason";
    static final String DETAIL = "detail";
    static final String RECEIVED_AT = "received-at";
    static final String DECODER = "decoder";
    static final String SENSOR_ID = "sensor-id";
    static final String OBSERVED_AT = "observed-at";
    static final String READINGS = "readings";
    static final String ORIGINAL_BYTES = "original-bytes";

    private RecordHeaders() {}

    /** Passes on whose replay a message says it is, if that can be the name of one. */
    static void addReplayOf(Headers headers, Delivery delivery) {
        ReplayMark.of(delivery).ifPresent(replayed -> headers.add(ReplayMark.NAME, utf8(replayed)));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
