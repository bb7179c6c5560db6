package org.citystream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingDeserializerTest {
    private final List<Reading> read = new ArrayList<>();

    @Test
    void aReadingIsRead() {
        deserialize(
                "{\"sensorId\":\"a\",\"observedAt\":\"2026-11-23T08:00:00Z\",\"clockAt\":\"2026-11-23T08:00:00Z\"}");

        assertThat(read).hasSize(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "null", "[]", "{", "{\"sensorId\":7}", "{\"sensorId\":\"a\",\"observedAt\":1e999}", "\u0000"
            })
    void whatIsNoneStopsNobody(String value) {
        deserialize(value);

        assertThat(read).isEmpty();
    }

    private void deserialize(String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        new ReadingDeserializer(ReadingFormat.TRAFFIC)
                .deserialize(
                        new ConsumerRecord<>("readings", 0, 0, "a".getBytes(StandardCharsets.UTF_8), bytes),
                        new ListCollector<>(read));
    }
}
