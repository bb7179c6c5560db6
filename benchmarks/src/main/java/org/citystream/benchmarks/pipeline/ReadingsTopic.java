package org.citystream.benchmarks.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** Writes a topic of readings as the gateway does, with its headers and ticks, and registry and rules beside it. */
final class ReadingsTopic implements AutoCloseable {
    private final Topic topic;
    private final String kind;
    private final Instant since;
    private final KafkaProducer<@Nullable String, byte[]> producer;
    private volatile @Nullable Exception failed;

    /**
     * @param kind of the readings, as in MQTT topics
     * @param since when intake began
     */
    ReadingsTopic(String bootstrapServers, Topic topic, String kind, Instant since) {
        this.topic = topic;
        this.kind = kind;
        this.since = since;
        // One batch at a time: where the first one fails on a new topic, those behind it have made it unacceptable.
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "linger.ms",
                        "20",
                        "batch.size",
                        "65536",
                        "max.in.flight.requests.per.connection",
                        "1"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void register(Sensor sensor) {
        send(new ProducerRecord<>(Topics.SENSORS.name(), sensor.key(), JsonCodec.write(sensor)));
    }

    void applyDefaultRules() {
        for (Rule rule : RuleCodec.defaultRules()) {
            send(new ProducerRecord<>(Topics.RULES.name(), rule.key(), RuleCodec.write(rule)));
        }
    }

    void send(String sensorId, Object reading) {
        ProducerRecord<@Nullable String, byte[]> record =
                new ProducerRecord<>(topic.name(), sensorId, JsonCodec.write(reading));
        record.headers()
                .add(header("mqtt-topic", "city/benchville/" + kind + "/" + sensorId))
                .add(header("gateway-id", "gateway-1"))
                .add(header("content-type", "application/json"))
                .add(header("schema", kind + "-reading/1"));
        send(record);
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Into every partition. */
    void tick(Instant clock) {
        byte[] tick = JsonCodec.write(new ClockTick(clock, since));
        for (int partition = 0; partition < topic.partitions(); partition++) {
            ProducerRecord<@Nullable String, byte[]> record = new ProducerRecord<>(topic.name(), partition, null, tick);
            record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
            send(record);
        }
    }

    private void send(ProducerRecord<@Nullable String, byte[]> record) {
        producer.send(record, (written, failure) -> {
            if (failure != null) {
                failed = failure;
            }
        });
    }

    /** @throws IllegalStateException if Kafka has refused a record: who counts readings would wait for it for ever */
    void flush() {
        producer.flush();
        Exception failure = failed;
        if (failure != null) {
            throw new IllegalStateException("not all records came into " + topic.name(), failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
