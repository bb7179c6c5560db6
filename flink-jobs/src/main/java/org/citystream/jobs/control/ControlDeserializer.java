package org.citystream.jobs.control;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.model.wire.Topics;

/** Records of the rules and registry topics, unparsed: what they mean is judged where it can be logged. */
final class ControlDeserializer implements KafkaRecordDeserializationSchema<Control> {
    private static final long serialVersionUID = 1;

    static Control control(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return record.topic().equals(Topics.RULES.name())
                ? Control.rule(key, record.value())
                : Control.sensor(key, record.value());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Control> out) {
        if (record.value() != null) {
            out.collect(control(record));
        }
    }

    @Override
    public TypeInformation<Control> getProducedType() {
        return TypeInformation.of(Control.class);
    }
}
