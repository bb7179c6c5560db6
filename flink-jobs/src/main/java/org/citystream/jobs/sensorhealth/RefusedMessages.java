package org.citystream.jobs.sensorhealth;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.header.Header;
import org.citystream.jobs.control.AlwaysComplete;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.model.wire.Topics;

/**
 * What the gateway refused of sensors it could name, as signs of their health: a sensor whose clock is ahead, or that
 * reports what cannot be, is not silent. They have no part in time.
 */
final class RefusedMessages implements KafkaRecordDeserializationSchema<SensorSign> {
    private static final long serialVersionUID = 1;
    private static final String OUT_OF_RANGE = "out-of-range";
    private static final String FUTURE_TIME = "future-time";
    private static final int DETAIL_AT_MOST = 120;

    static DataStream<SensorSign> follow(StreamExecutionEnvironment env, KafkaAccess kafka, String jobName) {
        KafkaSource<SensorSign> source = KafkaSource.<SensorSign>builder()
                .setProperties(kafka.consumer())
                .setTopics(Topics.READINGS_REJECTED.name())
                .setGroupId("citystream-" + jobName)
                // What was refused before this job first ran says nothing of today.
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.LATEST))
                .setDeserializer(new RefusedMessages())
                .build();
        return env.fromSource(source, new AlwaysComplete<>(), Topics.READINGS_REJECTED.name())
                .setParallelism(1)
                .uid(Topics.READINGS_REJECTED.name());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SensorSign> out) {
        String sensorId = header(record, "sensor-id");
        String reason = header(record, "reason");
        if (sensorId.isEmpty() || !(reason.equals(OUT_OF_RANGE) || reason.equals(FUTURE_TIME))) {
            return;
        }
        String detail = "refused by the gateway: " + header(record, "detail");
        out.collect(SensorSign.refused(
                sensorId,
                reason.equals(FUTURE_TIME) ? SensorSign.Kind.REFUSED_TIME : SensorSign.Kind.REFUSED_VALUE,
                detail.substring(0, Math.min(DETAIL_AT_MOST, detail.length()))));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public TypeInformation<SensorSign> getProducedType() {
        return TypeInformation.of(SensorSign.class);
    }
}
