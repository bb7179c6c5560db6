package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.gateway.decode.Samples.air;
import static org.citystream.gateway.decode.Samples.decode;
import static org.citystream.gateway.decode.Samples.decodeSample;
import static org.citystream.gateway.decode.Samples.onlyAir;
import static org.citystream.gateway.decode.Samples.rejected;
import static org.citystream.gateway.decode.Samples.text;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.unit.ReferenceTemperature;
import org.citystream.model.unit.Unit;
import org.junit.jupiter.api.Test;

class ThingsStackTest {
    private static final String TOPIC = "v3/app1@tenant1/devices/dev1/up";

    private final ThingsStack decoder = new ThingsStack(Source.of("lindholm"));

    @Test
    void documentedUplinkIsRead() {
        AirQualityReading reading = onlyAir(decodeSample(decoder, TOPIC, "thingsStack/uplink.json"));
        assertThat(reading.sensorId()).isEqualTo("app1:dev1");
        assertThat(reading.observedAt()).isEqualTo("2020-02-12T15:15:46.014773143Z");
        assertThat(reading.temperatureC()).isEqualTo(1);
        assertThat(reading.cityId()).isEqualTo("lindholm");
        assertThat(reading.bootId())
                .as("no session in the sample: nothing to count within")
                .isNull();
        assertThat(reading.flags()).isEmpty();
    }

    @Test
    void normalizedPayloadWinsAndTheNetworkServersTimeCounts() {
        AirQualityReading reading = onlyAir(decodeSample(decoder, TOPIC, "thingsStack/normalized.json"));
        assertThat(reading.temperatureC()).isEqualTo(10);
        assertThat(reading.relativeHumidity()).isEqualTo(0.615);
        assertThat(reading.windSpeedMs()).isEqualTo(9.002);
        assertThat(reading.windDirectionDeg()).isEqualTo(355);
        assertThat(reading.observedAt()).isEqualTo("2023-05-10T08:00:02.123456789Z");
        assertThat(reading.bootId()).isEqualTo("AXA50xHUTEGbtGVKI_TPQw__-b41bf284");
        assertThat(reading.sequence()).isEqualTo(17);
        assertThat(reading.foreignId()).isNull();
    }

    @Test
    void aCounterLeftOutIsZero() {
        String first = text("thingsStack/normalized.json").replace("\"f_cnt\":17,", "");
        assertThat(onlyAir(decode(decoder, TOPIC, first)).sequence()).isZero();
    }

    @Test
    void measurementsWithTimesOfTheirOwnAreReadingsOfTheirOwn() {
        String payload =
                text("thingsStack/normalized.json").replace("[{\"air\"", "[{\"time\":\"2023-05-10T07:30:00Z\",\"air\"");
        List<Decoded> decoded = decode(decoder, TOPIC, payload);
        assertThat(decoded).hasSize(2);
        assertThat(air(decoded.get(0)).observedAt()).isEqualTo("2023-05-10T07:30:00Z");
        assertThat(air(decoded.get(1)).observedAt()).isEqualTo(Instant.parse("2023-05-10T08:00:02.123456789Z"));
        assertThat(air(decoded.get(0)).sequence())
                .as("they would pass for repeats of each other")
                .isNull();
    }

    @Test
    void simulatedUplinksNeverBecomeReadings() {
        assertThat(rejected(decodeSample(decoder, TOPIC, "thingsStack/simulated.json"))
                        .reason())
                .isEqualTo(RejectReason.SIMULATED);
        String within = text("thingsStack/normalized.json").replace("\"f_port\":1", "\"simulated\":true");
        assertThat(rejected(decode(decoder, TOPIC, within)).reason()).isEqualTo(RejectReason.SIMULATED);
    }

    @Test
    void theDocumentationsLongSampleIsNotJson() {
        assertThat(rejected(decodeSample(decoder, TOPIC, "thingsStack/documented-without-comma.json"))
                        .reason())
                .isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @Test
    void otherMessagesOfTheServerAreNoUplinks() {
        assertThat(rejected(decodeSample(decoder, TOPIC, "thingsStack/join.json"))
                        .reason())
                .isEqualTo(RejectReason.UNKNOWN_FORMAT);
    }

    @Test
    void deviceOfTheTopicMustBeThePayloads() {
        assertThat(rejected(decodeSample(decoder, "v3/app1@tenant1/devices/dev2/up", "thingsStack/uplink.json"))
                        .reason())
                .isEqualTo(RejectReason.IDENTITY_MISMATCH);
        assertThat(onlyAir(decodeSample(decoder, "v3/app1/devices/dev1/up", "thingsStack/uplink.json"))
                        .sensorId())
                .as("open source has no tenant")
                .isEqualTo("app1:dev1");
    }

    @Test
    void payloadWithoutFormatterSaysWhatToDo() {
        String raw = text("thingsStack/uplink.json")
                .replace("\"decoded_payload\":{\"temperature\":1.0,\"luminosity\":0.64},", "");
        Decoded.Rejected rejected = rejected(decode(decoder, TOPIC, raw));
        assertThat(rejected.reason()).isEqualTo(RejectReason.MISSING_FIELD);
        assertThat(rejected.detail()).contains("payload formatter");
    }

    @Test
    void unitsOfAFormatterAreConfigured() {
        Source ppb = new Source(
                "lindholm",
                null,
                0,
                null,
                ReferenceTemperature.CELSIUS_20,
                Map.of(Quantity.NO2, Unit.PARTS_PER_BILLION, Quantity.TEMPERATURE, Unit.FAHRENHEIT));
        String payload = text("thingsStack/uplink.json")
                .replace("\"luminosity\":0.64", "\"no2\":10")
                .replace("1.0", "50");
        AirQualityReading reading = onlyAir(decode(new ThingsStack(ppb), TOPIC, payload));
        assertThat(reading.no2UgM3()).isEqualTo(19.125);
        assertThat(reading.temperatureC()).isEqualTo(10);
    }
}
