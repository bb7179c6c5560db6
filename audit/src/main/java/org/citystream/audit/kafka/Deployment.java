package org.citystream.audit.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.citystream.audit.alert.EpisodeAudit;
import org.citystream.audit.http.UnreachableException;
import org.citystream.audit.message.MessageAudit;
import org.citystream.audit.window.Tally;
import org.citystream.ledger.MessageId;
import org.citystream.ledger.PayloadHash;
import org.citystream.model.event.CityEvent;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.ClockState;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;
import org.jspecify.annotations.Nullable;

/** Shows what stands in a deployment's topics to the audit, each topic from its beginning to its end. */
public final class Deployment {
    private static final String MISMATCH = "identity-mismatch";
    private static final String CUT_OFF = "original-bytes";

    private final KafkaSettings kafka;
    private final Set<Place> behindSnapshots = new HashSet<>();
    private @Nullable Instant clock;

    /** Where a reading stands. */
    private record Place(String topic, int partition, long offset) {
        static Place of(ConsumerRecord<?, ?> record) {
            return new Place(record.topic(), record.partition(), record.offset());
        }
    }

    public Deployment(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Reads everything.
     *
     * @param messages null: there is no ledger to hold readings against
     * @throws UnreachableException if Kafka or a topic cannot be read
     */
    public void show(@Nullable MessageAudit messages, Tally traffic, Tally air, EpisodeAudit episodes) {
        read(
                Topics.CLOCK,
                record ->
                        clock = JsonCodec.read(record.value(), ClockState.class).now());
        read(Topics.READINGS_LATE, record -> late(record, traffic, air));
        read(Topics.READINGS_TRAFFIC, record -> traffic(record, messages, traffic));
        read(Topics.READINGS_AIR, record -> air(record, messages, air));
        if (messages != null) {
            read(Topics.READINGS_REJECTED, record -> rejected(record, messages));
        }
        read(Topics.SUMMARIES_TRAFFIC, record -> {
            TrafficSummary summary = JsonCodec.read(record.value(), TrafficSummary.class);
            traffic.summary(summary.roadSegmentId(), summary.windowStart(), summary.readingCount());
        });
        read(Topics.SUMMARIES_AIR, record -> {
            AirQualitySummary summary = JsonCodec.read(record.value(), AirQualitySummary.class);
            air.summary(summary.stationId(), summary.windowStart(), summary.readingCount());
        });
        read(
                Topics.EVENTS,
                record -> episodes.event(JsonCodec.read(record.value(), CityEvent.class), arrivedAt(record)));
    }

    /** The deployment's clock as it stood when its topics were read; null if it has never run. */
    public @Nullable Instant clock() {
        return clock;
    }

    private void read(Topic topic, Consumer<ConsumerRecord<String, byte[]>> handler) {
        try {
            TopicLog.readToEnd(topic, kafka, handler);
        } catch (KafkaException e) {
            throw new UnreachableException(
                    "topic " + topic + " at " + kafka.bootstrapServers() + " cannot be read (" + e.getMessage()
                            + "); is Kafka running there, with the topics of ./city topics apply?",
                    e);
        }
    }

    private void traffic(ConsumerRecord<String, byte[]> record, @Nullable MessageAudit messages, Tally tally) {
        if (isTick(record)) {
            return;
        }
        TrafficReading reading = JsonCodec.read(record.value(), TrafficReading.class);
        MessageId id = MessageId.of(reading);
        tally(record, tally, id, receivedAt(reading.receivedAt(), record));
        if (messages != null) {
            messages.reading(id, PayloadHash.of(AsSent.payload(reading)), arrivedAt(record));
        }
    }

    private void air(ConsumerRecord<String, byte[]> record, @Nullable MessageAudit messages, Tally tally) {
        if (isTick(record)) {
            return;
        }
        AirQualityReading reading = JsonCodec.read(record.value(), AirQualityReading.class);
        MessageId id = MessageId.of(reading);
        tally(record, tally, id, receivedAt(reading.receivedAt(), record));
        if (messages != null) {
            messages.reading(id, PayloadHash.of(AsSent.payload(reading)), arrivedAt(record));
        }
    }

    private void tally(ConsumerRecord<String, byte[]> record, Tally tally, MessageId id, Instant receivedAt) {
        if (behindSnapshots.contains(Place.of(record))) {
            tally.late(id, receivedAt);
        } else {
            tally.reading(id, receivedAt);
        }
    }

    /** Whole, or where the whole of it stands: what became too late only in the fold has left its fields behind. */
    private void late(ConsumerRecord<String, byte[]> record, Tally traffic, Tally air) {
        JsonNode source = JsonCodec.read(record.value(), JsonNode.class).path("source");
        if (source.isObject()) {
            behindSnapshots.add(new Place(
                    source.path("topic").asText(),
                    source.path("partition").asInt(),
                    source.path("offset").asLong()));
            return;
        }
        TrafficReading asTraffic = JsonCodec.read(record.value(), TrafficReading.class);
        if (asTraffic.vehicleCount() != null || asTraffic.averageSpeedKmh() != null || asTraffic.occupancy() != null) {
            traffic.late(MessageId.of(asTraffic), receivedAt(asTraffic.receivedAt(), record));
        } else {
            AirQualityReading asAir = JsonCodec.read(record.value(), AirQualityReading.class);
            air.late(MessageId.of(asAir), receivedAt(asAir.receivedAt(), record));
        }
    }

    private static void rejected(ConsumerRecord<String, byte[]> record, MessageAudit messages) {
        if (record.headers().lastHeader(CUT_OFF) != null) {
            return;
        }
        messages.rejected(
                sensorOf(record, messages),
                PayloadHash.of(record.value()),
                header(record, "reason"),
                arrivedAt(record));
    }

    /**
     * As the gateway has understood it, else a level of the topic that the ledger knows: in the native format the last one,
     * in others anywhere. Where topic and payload name different sensors, the payload's is the one that was sent.
     */
    private static String sensorOf(ConsumerRecord<String, byte[]> record, MessageAudit messages) {
        List<String> candidates =
                new ArrayList<>(List.of(header(record, "mqtt-topic").split("/", -1)));
        candidates.add(header(record, "sensor-id"));
        if (header(record, "reason").equals(MISMATCH)) {
            candidates.add(sensorIn(record.value()));
        }
        Collections.reverse(candidates);
        return candidates.stream().filter(messages::knows).findFirst().orElse(candidates.get(0));
    }

    private static String sensorIn(byte[] payload) {
        try {
            return JsonCodec.strict().readTree(payload).path("sensorId").asText();
        } catch (IOException e) {
            return "";
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static boolean isTick(ConsumerRecord<String, byte[]> record) {
        return record.headers().lastHeader(ClockTick.HEADER) != null;
    }

    private static Instant receivedAt(@Nullable Instant receivedAt, ConsumerRecord<String, byte[]> record) {
        return receivedAt == null ? arrivedAt(record) : receivedAt;
    }

    private static Instant arrivedAt(ConsumerRecord<String, byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
