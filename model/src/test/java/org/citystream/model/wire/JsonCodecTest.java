package org.citystream.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.summary.TrafficSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
    @Test
    void theContractsTrafficReadingIsRead() throws Exception {
        TrafficReading reading = JsonCodec.strict().readValue("""
                        {"sensorId":"loop-0421","observedAt":"2026-11-23T08:15:30Z","periodSeconds":60,"bootId":"7f3a",
                         "sequence":18231,"laneId":1,"vehicleCount":14,"averageSpeedKmh":37.5,"occupancy":0.21,"unheardOf":1}
                        """, TrafficReading.class);

        assertThat(reading.observedAt()).isEqualTo(Instant.parse("2026-11-23T08:15:30Z"));
        assertThat(reading.vehicleCount()).isEqualTo(14);
        assertThat(reading.clockAt()).isNull();
    }

    @Test
    void timesAreWrittenAsRfc3339AndAbsentFieldsAreLeftOut() {
        TrafficReading reading = new TrafficReading(
                "loop-1",
                Instant.parse("2026-11-23T08:15:30Z"),
                60,
                null,
                null,
                null,
                3,
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(new String(JsonCodec.write(reading), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"sensorId\":\"loop-1\",\"observedAt\":\"2026-11-23T08:15:30Z\",\"periodSeconds\":60,\"vehicleCount\":3}");
    }

    @Test
    void aSummarysFinalityIsCalledFinal() {
        String json = """
                {"roadSegmentId":"s","windowStart":"2026-11-23T08:15:00Z","windowEnd":"2026-11-23T08:16:00Z",\
                "revision":1,"final":true,"readingCount":2,"completeness":1.0,"sensors":["a"]}""";

        TrafficSummary summary = JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), TrafficSummary.class);

        assertThat(summary.isFinal()).isTrue();
        assertThat(new String(JsonCodec.write(summary), StandardCharsets.UTF_8)).isEqualTo(json);
    }

    @Test
    void theRegistrysDefaultsAreFilledIn() {
        Sensor sensor = JsonCodec.read(
                "{\"sensorId\":\"loop-1\",\"kind\":\"traffic\",\"cityId\":\"x\",\"version\":1}"
                        .getBytes(StandardCharsets.UTF_8),
                Sensor.class);

        assertThat(sensor.subjectId()).isEqualTo("loop-1");
        assertThat(sensor.facility()).isEqualTo(Facility.URBAN_STREET);
        assertThat(sensor.measurement()).isEqualTo(Measurement.POINT);
        assertThat(sensor.uploadInterval()).isEqualTo(60);
        assertThat(JsonCodec.read(JsonCodec.write(sensor), Sensor.class)).isEqualTo(sensor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":1} x", "{\"a\":NaN}", "{'a':1}", "[1,]", ""})
    void whatIsNotOneCleanDocumentIsRefused(String document) {
        assertThatThrownBy(() -> JsonCodec.strict().readValue(document, TrafficReading.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void documentsTooDeepAreRefused() {
        assertThatThrownBy(() -> JsonCodec.strict().readTree("[".repeat(17) + "]".repeat(17)))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void aRecordThatIsNotOneOfOursSaysWhatWasExpected() {
        assertThatThrownBy(() -> JsonCodec.read("nonsense".getBytes(StandardCharsets.UTF_8), Sensor.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot read Sensor");
    }
}
