package org.citystream.audit.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
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
import org.citystream.audit.message.Horizon;
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

/**
 * Shows what stands in a deployment's topics to the audit, each topic from its beginning to its end. Everything goes on
 * meanwhile, so what follows from other things is read before them: whatever a summary counts is among the readings then.
 */
public final class Deployment {
    private static final String MISMATCH = "identity-mismatch";
    private static final String CUT_OFF = "original-bytes";
    /** A sensor's clock may be ahead by 2 minutes, or by two seconds of wall clock at whatever speed; generous. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final KafkaSettings kafka;
    private final ClockHistory stamps = new ClockHistory();
    private final Set<Place> behindSnapshots = new HashSet<>();
    private @Nullable Instant announced;

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
        read(Topics.SUMMARIES_TRAFFIC, record -> {
            TrafficSummary summary = JsonCodec.read(record.value(), TrafficSummary.class);
            traffic.summary(summary.roadSegmentId(), summary.windowStart(), summary.readingCount());
        });
        read(Topics.SUMMARIES_AIR, record -> {
            AirQualitySummary summary = JsonCodec.read(record.value(), AirQualitySummary.class);
            air.summary(summary.stationId(), summary.windowStart(), summary.readingCount());
        });
        read(Topics.READINGS_LATE, record -> late(record, traffic, air));
        read(Topics.READINGS_TRAFFIC, record -> traffic(record, messages, traffic));
        read(Topics.READINGS_AIR, record -> air(record, messages, air));
        if (messages != null) {
            read(Topics.READINGS_REJECTED, record -> rejected(record, messages));
        }
        read(
                Topics.EVENTS,
                record -> episodes.event(JsonCodec.read(record.value(), CityEvent.class), arrivedAt(record)));
    }

    /**
     * Reads what the deployment calls now. To be called before anything else is asked: what is settled by then is told
     * everywhere.
     *
     * @throws UnreachableException if Kafka or the topic cannot be read
     */
    public void readClock() {
        read(
                Topics.CLOCK,
                record -> announced =
                        JsonCodec.read(record.value(), ClockState.class).now());
    }

    /**
     * The deployment's clock as it was announced, which is kept for a day; where it has stood still for longer, the newest
     * stamp of a reading; null if there is neither.
     */
    public @Nullable Instant clock() {
        return announced == null ? stamps.last() : announced;
    }

    /**
     * What it can still be asked about traffic or air, messages or events.
     *
     * @param now wall clock
     * @throws UnreachableException if Kafka cannot be asked
     */
    public Retained retained(Instant now) {
        try (Beginnings beginnings = new Beginnings(kafka, now)) {
            return new Retained(
                    horizon(beginnings.keptSince(
                            Topics.READINGS_TRAFFIC, Topics.READINGS_LATE, Topics.SUMMARIES_TRAFFIC)),
                    horizon(beginnings.keptSince(Topics.READINGS_AIR, Topics.READINGS_LATE, Topics.SUMMARIES_AIR)),
                    horizon(beginnings.keptSince(
                            Topics.READINGS_TRAFFIC, Topics.READINGS_AIR, Topics.READINGS_REJECTED)),
                    beginnings.keptSince(Topics.EVENTS));
        } catch (KafkaException e) {
            throw new UnreachableException(
                    "Kafka at " + kafka.bootstrapServers() + " does not say where topics begin (" + e.getMessage()
                            + "); is it running there?",
                    e);
        }
    }

    /**
     * Behind which things may be forgotten.
     *
     * @param events wall clock; since then every event is there
     */
    public record Retained(Horizon traffic, Horizon air, Horizon messages, Instant events) {}

    private Horizon horizon(Instant keptSince) {
        if (keptSince.equals(Instant.MIN)) {
            return Horizon.NONE;
        }
        Instant reached = stamps.notBeyond(keptSince);
        Instant now = clock();
        return new Horizon(
                keptSince,
                reached.equals(Instant.MAX) ? Instant.MAX : reached.plus(AHEAD),
                now == null ? Instant.MAX : now.plus(AHEAD));
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
            tick(record);
            return;
        }
        TrafficReading reading = JsonCodec.read(record.value(), TrafficReading.class);
        MessageId id = MessageId.of(reading);
        tally(record, tally, id, receivedAt(reading.receivedAt(), record), reading.clockAt());
        if (messages != null) {
            messages.reading(id, PayloadHash.of(AsSent.payload(reading)), arrivedAt(record));
        }
    }

    private void air(ConsumerRecord<String, byte[]> record, @Nullable MessageAudit messages, Tally tally) {
        if (isTick(record)) {
            tick(record);
            return;
        }
        AirQualityReading reading = JsonCodec.read(record.value(), AirQualityReading.class);
        MessageId id = MessageId.of(reading);
        tally(record, tally, id, receivedAt(reading.receivedAt(), record), reading.clockAt());
        if (messages != null) {
            messages.reading(id, PayloadHash.of(AsSent.payload(reading)), arrivedAt(record));
        }
    }

    private void tally(
            ConsumerRecord<String, byte[]> record,
            Tally tally,
            MessageId id,
            Instant receivedAt,
            @Nullable Instant clockAt) {
        stamp(record, clockAt);
        if (behindSnapshots.contains(Place.of(record))) {
            tally.late(id, receivedAt);
        } else {
            tally.reading(id, receivedAt, clockAt);
        }
    }

    /** Every partition has them each second; one partition tells as much. */
    private void tick(ConsumerRecord<String, byte[]> record) {
        if (record.partition() == 0) {
            stamp(record, JsonCodec.read(record.value(), ClockTick.class).clockAt());
        }
    }

    private void stamp(ConsumerRecord<String, byte[]> record, @Nullable Instant clockAt) {
        if (clockAt != null) {
            stamps.stamp(arrivedAt(record), clockAt);
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
