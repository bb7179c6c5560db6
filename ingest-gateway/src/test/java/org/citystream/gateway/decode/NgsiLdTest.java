package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.citystream.gateway.decode.Samples.NOON;
import static org.citystream.gateway.decode.Samples.decode;
import static org.citystream.gateway.decode.Samples.decodeSample;
import static org.citystream.gateway.decode.Samples.onlyAir;
import static org.citystream.gateway.decode.Samples.rejected;
import static org.citystream.gateway.decode.Samples.text;
import static org.citystream.gateway.decode.Samples.traffic;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.unit.ReferenceTemperature;
import org.citystream.model.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NgsiLdTest {
    private static final String TOPIC = "ngsi/valladolid";

    private final NgsiLd decoder = new NgsiLd(Source.of("valladolid"));

    private TrafficReading flow(String name) {
        List<Decoded> decoded = decodeSample(decoder, TOPIC, name);
        assertThat(decoded).hasSize(1);
        return traffic(decoded.get(0));
    }

    @Test
    void keyValuesFlowIsReadAndItsContradictionFlagged() {
        TrafficReading reading = flow("ngsiLd/traffic-key-values.json");
        assertThat(reading.sensorId())
                .isEqualTo("urn:ngsi-ld:TrafficFlowObserved:TrafficFlowObserved-Valladolid-osm-60821110");
        assertThat(reading.observedAt()).isEqualTo("2016-12-07T11:15:00Z");
        assertThat(reading.periodSeconds()).isEqualTo(300);
        assertThat(reading.vehicleCount())
                .as("vehicles of the period, not an hour")
                .isEqualTo(197);
        assertThat(reading.averageSpeedKmh()).isEqualTo(52.6);
        assertThat(reading.occupancy()).isEqualTo(0.76);
        assertThat(reading.laneId()).isEqualTo(1);
        assertThat(reading.flags())
                .as("197 vehicles half a second apart fill 98 of 300 s")
                .containsExactly("headway-contradicts-count");
    }

    @Test
    void normalisedFlowWithAnIntervalIsRead() {
        TrafficReading reading = flow("ngsiLd/traffic-normalised.json");
        assertThat(reading.observedAt()).isEqualTo("2016-12-07T11:15:00Z");
        assertThat(reading.periodSeconds()).isEqualTo(300);
        assertThat(reading.averageSpeedKmh()).isCloseTo(52.304, within(0.001));
        assertThat(reading.vehicleCount()).isEqualTo(60);
        assertThat(reading.laneId()).isEqualTo(2);
        assertThat(reading.flags()).containsExactly("time-zone-assumed");
    }

    @Test
    void keyValuesAirIsReadInTheDataModelsUnits() {
        AirQualityReading reading = onlyAir(decodeSample(decoder, TOPIC, "ngsiLd/air-key-values.json"));
        assertThat(reading.sensorId())
                .as("the time in the entity's id is not the sensor's")
                .isEqualTo("urn:ngsi-ld:AirQualityObserved:Madrid-AmbientObserved-28079004");
        assertThat(reading.observedAt()).isEqualTo("2016-03-15T11:00:00Z");
        assertThat(reading.coMgM3()).isEqualTo(0.5);
        assertThat(reading.no2UgM3()).isEqualTo(69);
        assertThat(reading.so2UgM3()).isEqualTo(11);
        assertThat(reading.relativeHumidity()).isEqualTo(0.54);
        assertThat(reading.windSpeedMs()).isEqualTo(0.64);
        assertThat(reading.flags()).containsExactly("time-zone-assumed");
    }

    @Test
    void normalisedAirHasUnitsAndALethalValueIsFlagged() {
        AirQualityReading reading = onlyAir(decodeSample(decoder, TOPIC, "ngsiLd/air-normalised.json"));
        assertThat(reading.sensorId()).isEqualTo("urn:ngsi-ld:PointOfInterest:28079004-Pza.deEspanya");
        assertThat(reading.coMgM3()).isEqualTo(500);
        assertThat(reading.temperatureC()).isCloseTo(12.222, within(0.001));
        assertThat(reading.flags()).containsExactly("implausible:coMgM3", "low-reliability");
    }

    @Test
    void localTimesAreInTheConfiguredZone() {
        Source madrid =
                new Source("madrid", null, 0, ZoneId.of("Europe/Madrid"), ReferenceTemperature.CELSIUS_20, Map.of());
        AirQualityReading reading = onlyAir(decodeSample(new NgsiLd(madrid), TOPIC, "ngsiLd/air-key-values.json"));
        assertThat(reading.observedAt()).isEqualTo("2016-03-15T10:00:00Z");
        assertThat(reading.flags()).isEmpty();
    }

    @Test
    void massesStatedAtTwentyFiveDegreesAreRestated() {
        Source us = new Source(
                "us", null, 0, null, ReferenceTemperature.CELSIUS_25, Map.of(Quantity.CO, Unit.PARTS_PER_MILLION));
        String payload = text("ngsiLd/air-key-values.json").replace("\"co\":500", "\"co\":2");
        AirQualityReading reading = onlyAir(decode(new NgsiLd(us), TOPIC, payload));
        assertThat(reading.no2UgM3()).isCloseTo(69 * 298.15 / 293.15, within(1e-6));
        assertThat(reading.coMgM3()).as("ppm do not depend on it").isCloseTo(2.3288, within(0.001));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-01T12:00:00Z                           |     | period-assumed",
                "2026-01-01T12:00:00Z/2026-01-01T12:00:00Z      |     | period-assumed",
                "2026-01-01T11:55:00.020Z/2026-01-01T12:00:00Z  | 300 |",
                "2026-01-01T11:55:00Z/2026-01-01T12:00:00Z      | 300 |"
            })
    void intensityCountsThePeriodIfThereIsOne(String observed, Integer periodSeconds, String flag) {
        TrafficReading reading =
                traffic(decode(decoder, TOPIC, """
                {"id":"a","type":"TrafficFlowObserved","dateObserved":"%s","intensity":60}""".formatted(observed)).get(0));
        assertThat(reading.vehicleCount()).isEqualTo(60);
        assertThat(reading.observedAt()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(reading.periodSeconds()).isEqualTo(periodSeconds);
        assertThat(reading.flags()).isEqualTo(flag == null ? List.of() : List.of(flag));
    }

    @Test
    void everyEntityOfANotificationIsJudgedByItself() {
        List<Decoded> decoded = decodeSample(decoder, TOPIC, "ngsiLd/notification.json");
        assertThat(decoded).hasSize(3);
        assertThat(traffic(decoded.get(0)).vehicleCount()).isEqualTo(10);
        assertThat(rejected(decoded.subList(1, 2)).reason()).isEqualTo(RejectReason.OUT_OF_RANGE);
        assertThat(rejected(decoded.subList(2, 3)).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
    }

    @Test
    void propertiesMayCarryTheTimeAndWithoutAnyItIsTheArrival() {
        String entity = "{\"id\":\"a\",\"type\":\"AirQualityObserved\",\"no2\":{\"value\":7%s}}";
        assertThat(onlyAir(decode(decoder, TOPIC, entity.formatted(",\"observedAt\":\"2026-01-01T00:00:00Z\"")))
                        .observedAt())
                .isEqualTo("2026-01-01T00:00:00Z");
        AirQualityReading without = onlyAir(decode(decoder, TOPIC, entity.formatted("")));
        assertThat(without.observedAt()).isEqualTo(NOON);
        assertThat(without.flags()).containsExactly("arrival-time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"no2\":\"seven\"                                            | WRONG_TYPE",
                "\"no2\":{\"value\":7,\"unitCode\":\"XYZ\"}                   | UNKNOWN_UNIT",
                "\"temperature\":{\"value\":7,\"unitCode\":\"GQ\"}            | UNKNOWN_UNIT",
                "\"relativeHumidity\":54                                      | OUT_OF_RANGE",
                "\"no2\":7,\"dateObserved\":\"15/03/2016\"                    | BAD_TIME",
                "\"no2\":7,\"dateObserved\":\"2016-03-15T11:00:00Z/2016-03-15T10:00:00Z\" | BAD_PERIOD",
                "\"airQualityIndex\":65                                       | MISSING_FIELD"
            })
    void entitiesOfNoUseSayWhy(String fields, RejectReason reason) {
        String entity = "{\"id\":\"a\",\"type\":\"AirQualityObserved\"," + fields + "}";
        assertThat(rejected(decode(decoder, TOPIC, entity)).reason()).isEqualTo(reason);
    }
}
