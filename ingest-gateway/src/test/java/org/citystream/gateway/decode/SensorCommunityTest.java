package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.gateway.decode.Samples.NOON;
import static org.citystream.gateway.decode.Samples.decode;
import static org.citystream.gateway.decode.Samples.decodeSample;
import static org.citystream.gateway.decode.Samples.onlyAir;
import static org.citystream.gateway.decode.Samples.rejected;
import static org.citystream.gateway.decode.Samples.text;

import java.util.Map;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.unit.ReferenceTemperature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorCommunityTest {
    private static final String TOPIC = "airrohr/esp8266-418466";

    private final SensorCommunity decoder = new SensorCommunity(Source.of("stuttgart"));
    private final SensorCommunity byTopic =
            new SensorCommunity(new Source("stuttgart", null, 2, null, ReferenceTemperature.CELSIUS_20, Map.of()));

    @Test
    void valuesAreTextsAndTheTimeIsTheArrival() {
        AirQualityReading reading = onlyAir(decodeSample(decoder, TOPIC, "sensorCommunity/airrohr.json"));
        assertThat(reading.sensorId()).isEqualTo("esp8266-418466");
        assertThat(reading.pm10UgM3()).as("P1").isEqualTo(11.43);
        assertThat(reading.pm25UgM3()).as("P2").isEqualTo(6.25);
        assertThat(reading.temperatureC()).isEqualTo(26.5);
        assertThat(reading.relativeHumidity()).isEqualTo(0.529);
        assertThat(reading.observedAt()).isEqualTo(NOON);
        assertThat(reading.flags()).containsExactly("arrival-time");
    }

    @Test
    void withoutIdInThePayloadTheTopicMustNameTheSensor() {
        assertThat(rejected(decodeSample(decoder, TOPIC, "sensorCommunity/without-id.json"))
                        .reason())
                .isEqualTo(RejectReason.MISSING_FIELD);
        assertThat(onlyAir(decodeSample(byTopic, TOPIC, "sensorCommunity/without-id.json"))
                        .sensorId())
                .isEqualTo("esp8266-418466");
        assertThat(rejected(decodeSample(byTopic, "airrohr/esp8266-1", "sensorCommunity/airrohr.json"))
                        .reason())
                .isEqualTo(RejectReason.IDENTITY_MISMATCH);
    }

    @Test
    void anInstrumentWithADeadFanMeasuresNothing() {
        AirQualityReading reading = onlyAir(decodeSample(decoder, TOPIC, "sensorCommunity/dead-fan.json"));
        assertThat(reading.pm10UgM3()).isNull();
        assertThat(reading.pm25UgM3()).isNull();
        assertThat(reading.relativeHumidity()).as("-1 is no reading").isNull();
        assertThat(reading.temperatureC()).as("but a temperature").isEqualTo(-1);
        assertThat(reading.flags())
                .containsExactly("arrival-time", "instrument-error:pm10UgM3", "instrument-error:pm25UgM3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "11.43                 | eleven  | WRONG_TYPE",
                "11.43                 | NaN     | WRONG_TYPE",
                "11.43                 | 1e3     | WRONG_TYPE",
                "26.50                 | 126.50  | OUT_OF_RANGE",
                "sensordatavalues      | values  | UNKNOWN_FORMAT",
            })
    void messagesOfNoUseSayWhy(String what, String becomes, RejectReason reason) {
        String payload = text("sensorCommunity/airrohr.json").replace(what, becomes);
        assertThat(rejected(decode(decoder, TOPIC, payload)).reason()).isEqualTo(reason);
    }

    @Test
    void aMessageThatMeasuresNothingIsNoReading() {
        String payload = "{\"esp8266id\":\"1\",\"sensordatavalues\":[{\"value_type\":\"SDS_P1\",\"value\":\"-1\"}]}";
        assertThat(rejected(decode(decoder, TOPIC, payload)).reason()).isEqualTo(RejectReason.MISSING_FIELD);
    }
}
