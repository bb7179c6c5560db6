package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.gateway.decode.Samples.NOON;
import static org.citystream.gateway.decode.Samples.air;
import static org.citystream.gateway.decode.Samples.decode;
import static org.citystream.gateway.decode.Samples.decodeSample;
import static org.citystream.gateway.decode.Samples.onlyAir;
import static org.citystream.gateway.decode.Samples.rejected;
import static org.citystream.gateway.decode.Samples.traffic;

import java.time.Instant;
import java.util.List;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenMlTest {
    private static final String TOPIC = "senml/hall";

    private final SenMl json = new SenMl(Source.of("lindholm"), SenMl.Form.JSON);
    private final SenMl cbor = new SenMl(Source.of("lindholm"), SenMl.Form.CBOR);

    @Test
    void baseValuesHoldUntilTheyAreReplacedAndRecordsOfOneSensorAndTimeAreOneReading() {
        List<Decoded> decoded = decodeSample(json, TOPIC, "senMlJson/multiple-sensors.json");
        assertThat(decoded).hasSize(2);
        AirQualityReading first = air(decoded.get(0));
        assertThat(first.sensorId()).isEqualTo("2001:db8::2");
        assertThat(first.observedAt()).isEqualTo(Instant.ofEpochSecond(1_320_078_429));
        assertThat(first.temperatureC()).isEqualTo(25.2);
        assertThat(first.relativeHumidity()).isEqualTo(0.3);
        assertThat(first.cityId()).isEqualTo("lindholm");
        assertThat(first.flags()).isEmpty();
        AirQualityReading second = air(decoded.get(1));
        assertThat(second.sensorId()).isEqualTo("2001:db8::1");
        assertThat(second.observedAt()).as("the base time holds on").isEqualTo(first.observedAt());
        assertThat(second.relativeHumidity()).isEqualTo(0.67);
    }

    @ParameterizedTest
    @CsvSource({"multiple-sensors", "rfc-5.1.3-time", "relative"})
    void cborSaysTheSame(String pack) {
        assertThat(decodeSample(cbor, TOPIC, "senMlCbor/" + pack + ".cbor"))
                .isEqualTo(decodeSample(json, TOPIC, "senMlJson/" + pack + ".json"));
    }

    @Test
    void theUnitTellsWhatIsMeasuredWhereNoNameDoes() {
        AirQualityReading reading = onlyAir(decodeSample(json, TOPIC, "senMlJson/rfc-5.1.1.json"));
        assertThat(reading.sensorId()).isEqualTo("urn:dev:ow:10e2073a01080063");
        assertThat(reading.temperatureC()).isEqualTo(23.1);
        assertThat(reading.observedAt()).as("no time is now").isEqualTo(NOON);
        assertThat(reading.flags()).containsExactly("arrival-time");
    }

    @Test
    void timesAddToTheBaseTimeAndPositionsAreNoReadings() {
        List<Decoded> decoded = decodeSample(json, TOPIC, "senMlJson/rfc-5.1.3-time.json");
        assertThat(decoded)
                .extracting(each -> air(each).observedAt().getEpochSecond())
                .containsExactly(1_320_067_464L, 1_320_067_524L, 1_320_067_584L);
        assertThat(decoded).extracting(each -> air(each).relativeHumidity()).containsExactly(0.2, 0.203, 0.207);
    }

    @Test
    void smallTimesAreRelativeToNow() {
        AirQualityReading reading = onlyAir(decodeSample(json, TOPIC, "senMlJson/relative.json"));
        assertThat(reading.observedAt()).isEqualTo(NOON.minusSeconds(300));
        assertThat(reading.flags()).containsExactly("arrival-time");
    }

    @Test
    void theLargestRelativeTimeIsBelowTwoToTheTwentyEight() {
        assertThat(onlyAir(decode(json, TOPIC, "[{\"n\":\"a:temperature\",\"v\":1,\"t\":268435456}]"))
                        .observedAt())
                .isEqualTo("1978-07-04T21:24:16Z");
        assertThat(onlyAir(decode(json, TOPIC, "[{\"n\":\"a:temperature\",\"v\":1,\"t\":268435455}]"))
                        .observedAt())
                .isEqualTo(NOON.plusSeconds(268_435_455));
    }

    @Test
    void detectorsSpeakSenMlToo() {
        List<Decoded> decoded = decode(json, TOPIC, """
                [{"bn":"loop-7/","bt":1700000000,"n":"averageSpeed","u":"m/s","v":10},{"n":"vehicleCount","v":14},
                 {"n":"occupancy","u":"%","v":21}]""");
        assertThat(decoded).hasSize(1);
        TrafficReading reading = traffic(decoded.get(0));
        assertThat(reading.averageSpeedKmh()).isEqualTo(36);
        assertThat(reading.vehicleCount()).isEqualTo(14);
        assertThat(reading.occupancy()).isEqualTo(0.21);
    }

    @Test
    void baseValueAndBaseUnitHoldToo() {
        AirQualityReading reading = onlyAir(
                decode(json, TOPIC, "[{\"bn\":\"a:\",\"bu\":\"K\",\"bv\":273,\"n\":\"temperature\",\"v\":20.15}]"));
        assertThat(reading.temperatureC()).isEqualTo(20);
    }

    @Test
    void eachReadingOfAPackIsJudgedByItself() {
        List<Decoded> decoded = decode(json, TOPIC, """
                [{"bn":"a:","bt":1700000000,"n":"temperature","u":"Cel","v":20},
                 {"bn":"b:","n":"temperature","u":"Cel","v":200},{"bn":"c:","n":"no2","u":"furlong","v":1}]""");
        assertThat(air(decoded.get(0)).temperatureC()).isEqualTo(20);
        Decoded.Rejected hot = rejected(decoded.subList(1, 2));
        assertThat(hot.reason()).isEqualTo(RejectReason.OUT_OF_RANGE);
        assertThat(hot.sensorId()).isEqualTo("b");
        assertThat(rejected(decoded.subList(2, 3)).reason()).isEqualTo(RejectReason.UNKNOWN_UNIT);
    }

    @ParameterizedTest
    @CsvSource({
        "must-understand, UNKNOWN_FORMAT",
        "newer-version,   UNKNOWN_FORMAT",
        "no-value,        MISSING_FIELD",
        "rfc-5.1.2,       MISSING_FIELD"
    })
    void packsOfNoUseSayWhy(String pack, RejectReason reason) {
        assertThat(rejected(decodeSample(json, TOPIC, "senMlJson/" + pack + ".json"))
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\":\"a\"}                                    | WRONG_TYPE",
                "[7]                                              | WRONG_TYPE",
                "[{\"n\":7,\"v\":1}]                              | WRONG_TYPE",
                "[{\"n\":\"a:temperature\",\"v\":\"warm\"}]       | WRONG_TYPE",
                "[{\"n\":\"a:temperature\",\"v\":1,\"t\":-1e300}] | BAD_TIME",
                "[{\"n\":\"a:temperature\",\"v\":1,\"t\":1e300}]  | BAD_TIME",
                "[{\"n\":\"temperature\",\"v\":1}]                | MISSING_FIELD",
                "[]                                               | MISSING_FIELD",
                "[                                                | MALFORMED_JSON"
            })
    void documentsThatAreNoPackSayWhy(String payload, RejectReason reason) {
        assertThat(rejected(decode(json, TOPIC, payload)).reason()).isEqualTo(reason);
    }

    @Test
    void theStandardsOwnCborIsReadThoughItMeasuresNothingWeKnow() {
        Decoded.Rejected rejected = rejected(decodeSample(cbor, TOPIC, "senMlCbor/rfc-6.cbor"));
        assertThat(rejected.reason()).isEqualTo(RejectReason.MISSING_FIELD);
        assertThat(rejected.detail()).contains("no reading");
    }

    @Test
    void brokenCborIsCalledSo() {
        byte[] whole = Samples.bytes("senMlCbor/multiple-sensors.cbor");
        for (int length = 0; length < whole.length; length++) {
            Message cut = new Message(TOPIC, java.util.Arrays.copyOf(whole, length), NOON);
            assertThat(rejected(cbor.decode(cut)).reason())
                    .as("first %d bytes", length)
                    .isEqualTo(RejectReason.MALFORMED_CBOR);
        }
    }

    @Test
    void aPackOfMoreThanAThousandReadingsIsTooLarge() {
        StringBuilder pack = new StringBuilder("[{\"bn\":\"a:\",\"bt\":1700000000,\"n\":\"rh\",\"v\":1}");
        for (int i = 1; i <= 1_000; i++) {
            pack.append(",{\"n\":\"rh\",\"v\":1,\"t\":").append(i).append('}');
        }
        assertThat(rejected(decode(json, TOPIC, pack + "]")).reason()).isEqualTo(RejectReason.TOO_LARGE);
    }

    @Test
    void theTopicMayNameTheSensorAndThenThePackMustAgree() {
        Source named = new Source(
                "lindholm",
                null,
                2,
                null,
                org.citystream.model.unit.ReferenceTemperature.CELSIUS_20,
                java.util.Map.of());
        SenMl decoder = new SenMl(named, SenMl.Form.JSON);
        assertThat(onlyAir(decode(decoder, "senml/hall", "[{\"n\":\"temperature\",\"v\":1}]"))
                        .sensorId())
                .isEqualTo("hall");
        assertThat(rejected(decode(decoder, "senml/hall", "[{\"bn\":\"attic:\",\"n\":\"temperature\",\"v\":1}]"))
                        .reason())
                .isEqualTo(RejectReason.IDENTITY_MISMATCH);
    }
}
