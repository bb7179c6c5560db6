package org.citystream.jobs.timeseries;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.model.event.CityEvent;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of the summaries, events and health topics as lines. One that cannot be read is counted and left out. */
final class LineDeserializer implements KafkaRecordDeserializationSchema<String> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(LineDeserializer.class);

    private transient @Nullable Counter unreadable;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        unreadable = context.getMetricGroup().counter("unreadableRecords");
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<String> out) {
        if (record.value() == null) {
            return;
        }
        try {
            line(record.topic(), record.value()).ifPresent(out::collect);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            if (unreadable != null) {
                unreadable.inc();
            }
            LOG.warn("{}-{}@{} left out: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    static Optional<String> line(String topic, byte[] json) {
        if (topic.equals(Topics.SUMMARIES_TRAFFIC.name())) {
            return Lines.of(JsonCodec.read(json, TrafficSummary.class));
        }
        if (topic.equals(Topics.SUMMARIES_CORRIDOR.name())) {
            return Lines.of(JsonCodec.read(json, CorridorSummary.class));
        }
        if (topic.equals(Topics.SUMMARIES_AIR.name())) {
            return Lines.of(JsonCodec.read(json, AirQualitySummary.class));
        }
        if (topic.equals(Topics.SENSOR_HEALTH.name())) {
            return Lines.of(JsonCodec.read(json, SensorHealth.class));
        }
        return Lines.of(JsonCodec.read(json, CityEvent.class));
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}
