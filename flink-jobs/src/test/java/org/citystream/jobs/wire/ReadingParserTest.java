package org.citystream.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingParserTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private final ReadingParser traffic = new ReadingParser(ReadingFormat.TRAFFIC);

    @Test
    void aReadingAsTheGatewayWritesIt() throws IOException {
        Reading reading = traffic.reading(JsonCodec.write(new TrafficReading(
                "loop-1",
                EIGHT,
                30,
                "7f3a",
                18231L,
                2,
                14,
                37.5,
                0.21,
                null,
                "aarhus",
                EIGHT.plusSeconds(2),
                EIGHT.plusSeconds(1),
                List.of("unregistered"))));

        assertThat(reading.sensorId()).isEqualTo("loop-1");
        assertThat(reading.observedAt()).isEqualTo(EIGHT.toEpochMilli());
        assertThat(reading.clockAt()).isEqualTo(EIGHT.plusSeconds(1).toEpochMilli());
        assertThat(reading.receivedAt()).isEqualTo(EIGHT.plusSeconds(2).toEpochMilli());
        assertThat(reading.periodSeconds()).isEqualTo(30);
        assertThat(reading.bootId()).isEqualTo("7f3a");
        assertThat(reading.sequence()).isEqualTo(18231);
        assertThat(reading.laneId()).isEqualTo(2);
        assertThat(reading.values()).containsExactly(14, 37.5, 0.21);
    }

    @Test
    void whatIsNotMeasuredIsNotANumber() throws IOException {
        Reading reading = new ReadingParser(ReadingFormat.AIR)
                .reading(JsonCodec.write(new AirQualityReading(
                        "air-7", EIGHT, null, null, null, 18.4, null, 62.1, null, null, null, -3.5, null, null, null,
                        null, null, null, EIGHT, null)));

        assertThat(reading.values()[0]).isEqualTo(18.4);
        assertThat(reading.values()[1]).isNaN();
        assertThat(reading.values()[6]).isEqualTo(-3.5);
        assertThat(reading.bootId()).isNull();
        assertThat(reading.periodSeconds()).isZero();
    }

    @Test
    void aTick() throws IOException {
        Reading tick = traffic.tick(JsonCodec.write(new ClockTick(EIGHT, EIGHT.minusSeconds(60))));

        assertThat(tick.isTick()).isTrue();
        assertThat(tick.clockAt()).isEqualTo(EIGHT.toEpochMilli());
        assertThat(tick.since()).isEqualTo(EIGHT.minusSeconds(60).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "not json",
                "{\"sensorId\":\"a\",\"observedAt\":\"yesterday\",\"clockAt\":\"2026-11-23T08:00:00Z\"}",
                "{\"sensorId\":\"a\",\"observedAt\":\"2026-11-23T08:00:00Z\"}",
            })
    void whatIsNoReadingIsRefused(String record) {
        assertThatThrownBy(() -> traffic.reading(record.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
