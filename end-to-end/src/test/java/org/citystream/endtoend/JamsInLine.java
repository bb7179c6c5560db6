package org.citystream.endtoend;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citystream.model.event.CityEvent;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;

/**
 * Roads on each of which a jam begins and ends, one after the other, minute by minute of a simulated clock: whatever happens
 * to the job, each road must have its one episode.
 */
final class JamsInLine {
    static final int ROADS = 20;
    /** After so many minutes every jam is over, and every late correction settled. */
    static final int MINUTES = 60;

    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final int JAM_MINUTES = 12;

    private final KafkaExtension kafka;
    private int minute;

    JamsInLine(KafkaExtension kafka) {
        this.kafka = kafka;
        for (Rule rule : RuleCodec.defaultRules()) {
            kafka.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule));
        }
        for (int road = 0; road < ROADS; road++) {
            kafka.produce(Topics.SENSORS.name(), id(road) + "@1", bytes("{\"sensorId\":\"" + id(road)
                    + "\",\"kind\":\"traffic\",\"cityId\":\"testville\",\"laneCount\":1,\"lengthM\":500,"
                    + "\"freeFlowSpeedKmh\":80,\"version\":1,\"effectiveFrom\":\"2000-01-01T00:00:00Z\"}"));
        }
    }

    private static String id(int road) {
        return "road-" + road;
    }

    boolean isOver() {
        return minute >= MINUTES;
    }

    int minute() {
        return minute;
    }

    /** Sends the readings of the next minute, and lets the clock reach its end. */
    void pass() {
        Instant end = EIGHT.plus(Duration.ofMinutes(++minute));
        for (int road = 0; road < ROADS; road++) {
            boolean jammed = minute > 5 + road && minute <= 5 + road + JAM_MINUTES;
            // A speed that never changes is no measurement.
            double speedKmh = (jammed ? 20 : 78) + minute % 3;
            kafka.produce(Topics.READINGS_TRAFFIC.name(), id(road), bytes("{\"sensorId\":\"" + id(road)
                    + "\",\"cityId\":\"testville\",\"observedAt\":\"" + end + "\",\"clockAt\":\"" + end.plusSeconds(1)
                    + "\",\"periodSeconds\":60,\"bootId\":\"b1\",\"sequence\":" + minute + ",\"vehicleCount\":12,"
                    + "\"averageSpeedKmh\":" + speedKmh + ",\"occupancy\":" + (jammed ? 0.4 : 0.1) + "}"));
        }
        byte[] tick = JsonCodec.write(new ClockTick(end.plusSeconds(20), EIGHT.minusSeconds(60)));
        for (int partition = 0; partition < Topics.READINGS_TRAFFIC.partitions(); partition++) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topics.READINGS_TRAFFIC.name(), partition, null, tick);
            record.headers().add(ClockTick.HEADER, new byte[0]);
            kafka.produce(record);
        }
    }

    /** Of each road the episodes that were told, as begin and end; a repeated record says the same once more. */
    Map<String, TreeSet<String>> episodes() {
        Map<String, TreeSet<String>> episodes = new TreeMap<>();
        kafka.consumeAll(Topics.EVENTS.name()).stream()
                .map(record -> JsonCodec.read(record.value(), CityEvent.class))
                .filter(event -> event.rule().id().equals("segment-congestion"))
                .forEach(event -> episodes.computeIfAbsent(event.subject().id(), subject -> new TreeSet<>())
                        .add(event.episodeId() + (event.endedAt() == null ? " opened" : " closed")));
        return episodes;
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
