package org.citystream.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citystream.ledger.Ledger;
import org.citystream.ledger.MessageId;
import org.citystream.ledger.PayloadHash;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.jspecify.annotations.Nullable;

/** What a gateway and the jobs write of one detector and one station, with the clock at the wall's time. */
final class Records {
    private Records() {}

    /** A reading of {@code loop-0421} as it is sent. */
    static TrafficReading sent(long sequence, Instant observedAt) {
        return traffic(sequence, observedAt, null);
    }

    /** The same as the gateway passes it on. */
    static TrafficReading traffic(long sequence, Instant observedAt, @Nullable Instant came) {
        return new TrafficReading(
                "loop-0421",
                observedAt,
                60,
                "b1",
                sequence,
                1,
                3,
                50.0,
                0.21,
                null,
                came == null ? null : "aarhus",
                came,
                came,
                null);
    }

    /** A reading of {@code air-07} as the gateway passes it on. */
    static AirQualityReading air(long sequence, Instant observedAt, Instant came) {
        return new AirQualityReading(
                "air-07",
                observedAt,
                300,
                "b1",
                sequence,
                18.4,
                null,
                22.0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "aarhus",
                came,
                came,
                null);
    }

    static TrafficSummary summary(String segment, Instant windowStart, int readingCount) {
        return JsonCodec.internal()
                .convertValue(
                        Map.of(
                                "roadSegmentId",
                                segment,
                                "windowStart",
                                windowStart.toString(),
                                "windowEnd",
                                windowStart.plusSeconds(60).toString(),
                                "revision",
                                1,
                                "final",
                                true,
                                "readingCount",
                                readingCount,
                                "completeness",
                                1.0,
                                "sensors",
                                List.of("loop-0421")),
                        TrafficSummary.class);
    }

    /** As the jobs write it among the late ones. */
    static ObjectNode late(Object reading, long bySeconds) {
        ObjectNode json = JsonCodec.internal().valueToTree(reading);
        return json.put("lateBySeconds", bySeconds);
    }

    /** A record that came into a partition at some time. */
    static ProducerRecord<@Nullable String, byte[]> record(Topic topic, int partition, Instant came, Object value) {
        return new ProducerRecord<>(topic.name(), partition, came.toEpochMilli(), "key", JsonCodec.write(value));
    }

    static void acknowledge(Ledger ledger, TrafficReading reading) {
        ledger.acknowledged(ledger.sent(MessageId.of(reading), PayloadHash.of(JsonCodec.write(reading)), true));
    }
}
