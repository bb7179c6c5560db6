package org.citystream.benchmarks.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.city.Detection;
import org.citystream.benchmarks.city.Segment;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** Fills a broker as the gateway does: readings with its stamps and headers, a tick a second in every partition. */
public final class TrafficTopic implements AutoCloseable {
    private static final int ARRIVES_AFTER_SECONDS = 1;
    /** Clock after the last reading in which all panes close. */
    private static final int LAST_TICKS = 300;

    private final String bootstrapServers;
    private final KafkaProducer<@Nullable String, byte[]> producer;

    public TrafficTopic(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "20", "batch.size", "65536"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Writes registry and rules, and readings until there are enough.
     *
     * @return readings written, at least {@code atLeast}
     */
    public long fill(City city, long atLeast) {
        for (Segment segment : city.segments()) {
            send(Topics.SENSORS.name(), segment.sensor().key(), JsonCodec.write(segment.sensor()));
        }
        for (Rule rule : RuleCodec.defaultRules()) {
            send(Topics.RULES.name(), rule.key(), RuleCodec.write(rule));
        }
        long written = 0;
        List<Detection> second = new ArrayList<>();
        while (written < atLeast) {
            second.clear();
            city.second(second::add);
            Instant clock = Instant.ofEpochSecond(city.now() + ARRIVES_AFTER_SECONDS);
            second.forEach(detection -> send(detection, clock));
            written += second.size();
            tick(clock);
        }
        for (int i = 1; i <= LAST_TICKS; i++) {
            tick(Instant.ofEpochSecond(city.now() + ARRIVES_AFTER_SECONDS + i));
        }
        producer.flush();
        return written;
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }

    private void send(Detection seen, Instant clock) {
        TrafficReading reading = new TrafficReading(
                seen.segment().sensorId(),
                Instant.ofEpochMilli(seen.observedAt()),
                seen.periodSeconds(),
                Segment.BOOT,
                seen.sequence(),
                seen.laneId(),
                seen.vehicles(),
                seen.speedKmh(),
                seen.occupancy(),
                null,
                "benchville",
                clock.plusMillis(seen.sequence() % 1000),
                clock,
                null);
        ProducerRecord<@Nullable String, byte[]> record = new ProducerRecord<>(
                Topics.READINGS_TRAFFIC.name(), seen.segment().sensorId(), JsonCodec.write(reading));
        record.headers()
                .add(header(
                        "mqtt-topic",
                        "city/benchville/traffic/" + seen.segment().sensorId()))
                .add(header("gateway-id", "gateway-1"))
                .add(header("content-type", "application/json"))
                .add(header("schema", "traffic-reading/1"));
        producer.send(record);
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void tick(Instant clock) {
        byte[] tick = JsonCodec.write(new ClockTick(clock, City.START));
        for (int partition = 0; partition < Topics.READINGS_TRAFFIC.partitions(); partition++) {
            ProducerRecord<@Nullable String, byte[]> record =
                    new ProducerRecord<>(Topics.READINGS_TRAFFIC.name(), partition, null, tick);
            record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
            producer.send(record);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
