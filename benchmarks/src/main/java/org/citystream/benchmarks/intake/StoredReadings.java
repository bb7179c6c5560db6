package org.citystream.benchmarks.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.benchmarks.pipeline.TopicReader;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.Topics;

/** What one run has brought into the readings topic. */
final class StoredReadings implements AutoCloseable {
    private final TopicReader reader;

    /** What is written from now on counts. */
    StoredReadings(String kafka) {
        reader = new TopicReader(kafka, Topics.READINGS_TRAFFIC.name());
        reader.seekToEnd();
    }

    /** Waits for that many. */
    String digest(long count) {
        ReadingDigest digest = new ReadingDigest();
        while (digest.count() < count) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                if (record.headers().lastHeader(ClockTick.HEADER) == null) {
                    digest.add(record.value());
                }
            }
        }
        return digest.text();
    }

    @Override
    public void close() {
        reader.close();
    }
}
