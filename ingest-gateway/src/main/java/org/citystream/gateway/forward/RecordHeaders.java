package org.citystream.gateway.forward;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
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

    /** Also the MQTT user property by which it comes in: the rejected message that this one is a replay of. */
    static final String REPLAY_OF = "replay-of";

    private static final Pattern REPLAYED = Pattern.compile("\\d{1,5}-\\d{1,18}");

    private RecordHeaders() {}

    /** Passes on whose replay a message says it is, if that can be the name of one. */
    static void addReplayOf(Headers headers, Delivery delivery) {
        String replayed = delivery.userProperty(REPLAY_OF);
        if (replayed != null && REPLAYED.matcher(replayed).matches()) {
            headers.add(REPLAY_OF, utf8(replayed));
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
