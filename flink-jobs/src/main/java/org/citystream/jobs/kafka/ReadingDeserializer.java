package org.citystream.jobs.kafka;

import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.jobs.wire.ReadingParser;
import org.citystream.model.reading.ClockTick;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads readings topics. A record that is neither reading nor tick is counted and left out; it never stops the job. */
final class ReadingDeserializer implements KafkaRecordDeserializationSchema<Reading> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ReadingDeserializer.class);

    private final ReadingFormat format;
    private transient @Nullable ReadingParser parser;
    private transient @Nullable Counter unreadable;

    ReadingDeserializer(ReadingFormat format) {
        this.format = format;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        parser = new ReadingParser(format);
        unreadable = context.getMetricGroup().counter("unreadableRecords");
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Reading> out) {
        ReadingParser opened = parser == null ? new ReadingParser(format) : parser;
        parser = opened;
        try {
            out.collect(
                    isTick(record)
                            ? opened.tick(record.value())
                            : opened.reading(record.value()).from(record.partition(), record.offset()));
        } catch (IOException | RuntimeException e) {
            if (unreadable != null) {
                unreadable.inc();
            }
            LOG.warn("{}-{}@{} is no reading: {}", record.topic(), record.partition(), record.offset(), e.toString());
        }
    }

    /** Readings have a key, ticks have not: that spares most records a search through their headers. */
    private static boolean isTick(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null && record.headers().lastHeader(ClockTick.HEADER) != null;
    }

    @Override
    public TypeInformation<Reading> getProducedType() {
        return TypeInformation.of(Reading.class);
    }
}
