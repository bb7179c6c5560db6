package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeJsonTest {
    private static final String LOOP = "city/lindholm/traffic/loop-0421";
    private static final String STATION = "city/lindholm/air/air-07";

    private final NativeJson decoder = new NativeJson();

    private Decoded decode(String topic, String payload) {
        Message message = new Message(topic, payload.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        return decoder.decode(message).get(0);
    }

    private Rejected rejected(String topic, String payload) {
        Decoded decoded = decode(topic, payload);
        assertThat(decoded).isInstanceOf(Rejected.class);
        return (Rejected) decoded;
    }

    private Reading accepted(String topic, String payload) {
        Decoded decoded = decode(topic, payload);
        assertThat(decoded).as("%s", decoded).isInstanceOf(Accepted.class);
        return ((Accepted) decoded).reading();
    }

    private TrafficReading traffic(String payload) {
        return ((Reading.Traffic) accepted(LOOP, payload)).value();
    }

    private AirQualityReading air(String payload) {
        return ((Reading.Air) accepted(STATION, payload)).value();
    }

    /** A message of loop-0421 with these fields besides the identity. */
    private static String loop(String fields) {
        return "{\"sensorId\":\"loop-0421\",\"observedAt\":\"2026-11-23T08:15:30Z\"," + fields + "}";
    }

    private static String station(String fields) {
        return "{\"sensorId\":\"air-07\",\"observedAt\":\"2026-11-23T08:00:00Z\"," + fields + "}";
    }

    @Test
    void detectorOfTheContractIsRead() {
        TrafficReading reading = traffic("""
                {"sensorId":"loop-0421","observedAt":"2026-11-23T08:15:30Z","periodSeconds":60,"bootId":"7f3a","sequence":18231,
                 "laneId":1,"vehicleCount":14,"averageSpeedKmh":37.5,"occupancy":0.21}""");
        assertThat(reading)
                .isEqualTo(new TrafficReading(
                        "loop-0421",
                        Instant.parse("2026-11-23T08:15:30Z"),
                        60,
                        "7f3a",
                        18231L,
                        1,
                        14,
                        37.5,
                        0.21,
                        null,
                        "lindholm",
                        null,
                        null,
                        List.of()));
    }

    @Test
    void stationOfTheContractIsRead() {
        AirQualityReading reading = air("""
                {"sensorId":"air-07","observedAt":"2026-11-23T08:00:00Z","periodSeconds":3600,"bootId":"01","sequence":88,
                 "pm25UgM3":18.4,"pm10UgM3":31,"no2UgM3":62.1,"o3UgM3":40,"so2UgM3":3,"coMgM3":0.4,
                 "temperatureC":6.5,"relativeHumidity":0.81,"windSpeedMs":2.2,"windDirectionDeg":240}""");
        assertThat(reading.pm25UgM3()).isEqualTo(18.4);
        assertThat(reading.pm10UgM3()).isEqualTo(31);
        assertThat(reading.no2UgM3()).isEqualTo(62.1);
        assertThat(reading.o3UgM3()).isEqualTo(40);
        assertThat(reading.so2UgM3()).isEqualTo(3);
        assertThat(reading.coMgM3()).isEqualTo(0.4);
        assertThat(reading.temperatureC()).isEqualTo(6.5);
        assertThat(reading.relativeHumidity()).isEqualTo(0.81);
        assertThat(reading.windSpeedMs()).isEqualTo(2.2);
        assertThat(reading.windDirectionDeg()).isEqualTo(240);
        assertThat(reading.flags()).isEmpty();
    }

    @Test
    void absentAndNullBothMeanNotMeasured() {
        TrafficReading reading = traffic(loop("\"vehicleCount\":0,\"averageSpeedKmh\":null,\"bootId\":null"));
        assertThat(reading.averageSpeedKmh()).isNull();
        assertThat(reading.occupancy()).isNull();
        assertThat(reading.bootId()).isNull();
        assertThat(reading.periodSeconds()).isNull();
    }

    @Test
    void fieldsOfTheGatewaysOwnCannotBeSmuggledIn() {
        TrafficReading reading = traffic(loop(
                "\"occupancy\":0.1,\"cityId\":\"other\",\"clockAt\":\"2030-01-01T00:00:00Z\",\"flags\":[\"trusted\"],"
                        + "\"foreignId\":\"x\",\"nested\":{\"a\":[1,{}]}"));
        assertThat(reading.cityId()).isEqualTo("lindholm");
        assertThat(reading.clockAt()).isNull();
        assertThat(reading.flags()).isEmpty();
        assertThat(reading.foreignId()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:15:30Z,           2026-11-23T08:15:30Z",
        "2026-11-23t08:15:30z,           2026-11-23T08:15:30Z",
        "2026-11-23T08:15:30.123456789Z, 2026-11-23T08:15:30.123456789Z",
        "2026-11-23T09:15:30+01:00,      2026-11-23T08:15:30Z",
        "2016-12-31T23:59:60Z,           2016-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z,           1970-01-01T00:00:00Z",
    })
    void timesAreRfc3339(String text, Instant time) {
        assertThat(accepted(LOOP, "{\"sensorId\":\"loop-0421\",\"observedAt\":\"" + text + "\",\"occupancy\":0.1}")
                        .observedAt())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23",
                "2026-11-23T08:15:30",
                "2026-11-23 08:15:30Z",
                "2026-13-23T08:15:30Z",
                "1700000000",
                "",
                "yesterday",
                "1969-12-31T23:59:59Z",
                "+292277026596-12-04T15:30:08Z",
                "2300-01-01T00:00:00Z"
            })
    void otherTimesAreBadTime(String text) {
        Rejected rejected =
                rejected(LOOP, "{\"sensorId\":\"loop-0421\",\"observedAt\":\"" + text + "\",\"occupancy\":0.1}");
        assertThat(rejected.reason()).isEqualTo(RejectReason.BAD_TIME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sensorId\":                                    | MALFORMED_JSON",
                "''                                                | MALFORMED_JSON",
                "'{} {}'                                           | MALFORMED_JSON",
                "{\"sensorId\":\"loop-0421\",\"sensorId\":\"loop-0421\"} | DUPLICATE_KEY",
                "{\"other\":{\"a\":1,\"a\":2}}                     | DUPLICATE_KEY",
                "[1,2]                                             | WRONG_TYPE",
                "\"text\"                                          | WRONG_TYPE",
                "{}                                                | MISSING_FIELD",
                "{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}     | TOO_DEEP",
                "{\"sensorId\":421}                                | WRONG_TYPE",
                "{\"sensorId\":\"loop 0421\"}                      | BAD_ID",
                "{\"sensorId\":\"\"}                               | BAD_ID",
                "{\"observedAt\":1700000000}                       | WRONG_TYPE",
            })
    void documentsThatAreNoReadingSayWhy(String payload, RejectReason reason) {
        assertThat(rejected(LOOP, payload).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"laneId\":1                                       | MISSING_FIELD",
                "\"vehicleCount\":null                              | MISSING_FIELD",
                "\"pm25UgM3\":3                                     | MISSING_FIELD",
                "\"occupancy\":0.1,\"bootId\":\"a\"                 | MISSING_FIELD",
                "\"occupancy\":0.1,\"sequence\":1                   | MISSING_FIELD",
                "\"occupancy\":\"0.1\"                              | WRONG_TYPE",
                "\"occupancy\":true                                 | WRONG_TYPE",
                "\"occupancy\":[0.1]                                | WRONG_TYPE",
                "\"occupancy\":NaN                                  | MALFORMED_JSON",
                "\"occupancy\":21                                   | OUT_OF_RANGE",
                "\"occupancy\":-0.01                                | OUT_OF_RANGE",
                "\"averageSpeedKmh\":-1                             | OUT_OF_RANGE",
                "\"averageSpeedKmh\":300.1                          | OUT_OF_RANGE",
                "\"averageSpeedKmh\":1e400                          | OUT_OF_RANGE",
                "\"vehicleCount\":-1                                | OUT_OF_RANGE",
                "\"vehicleCount\":1.5                               | WRONG_TYPE",
                "\"vehicleCount\":99999999999999999999              | OUT_OF_RANGE",
                "\"vehicleCount\":2000,\"periodSeconds\":60         | OUT_OF_RANGE",
                "\"occupancy\":0.1,\"laneId\":0                     | OUT_OF_RANGE",
                "\"occupancy\":0.1,\"sequence\":-1,\"bootId\":\"a\" | OUT_OF_RANGE",
                "\"occupancy\":0.1,\"periodSeconds\":0              | BAD_PERIOD",
                "\"occupancy\":0.1,\"periodSeconds\":-60            | BAD_PERIOD",
                "\"occupancy\":0.1,\"periodSeconds\":0.5            | BAD_PERIOD",
                "\"occupancy\":0.1,\"periodSeconds\":3601           | BAD_PERIOD",
                "\"occupancy\":0.1,\"bootId\":\"a b\",\"sequence\":1| BAD_ID",
            })
    void detectorFieldsAreJudged(String fields, RejectReason reason) {
        Rejected rejected = rejected(LOOP, loop(fields));
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.sensorId()).isEqualTo("loop-0421");
        assertThat(rejected.observedAt()).isEqualTo("2026-11-23T08:15:30Z");
    }

    @ParameterizedTest
    @CsvSource({
        "pm25UgM3,         -50,  10000,  -50.1, 10000.1",
        "pm10UgM3,         -50,  20000,  -50.1, 20000.1",
        "no2UgM3,          -50,  5000,   -50.1, 5000.1",
        "o3UgM3,           -50,  3000,   -50.1, 3000.1",
        "so2UgM3,          -50,  20000,  -50.1, 20000.1",
        "coMgM3,           -5,   1000,   -5.1,  1000.1",
        "temperatureC,     -90,  85,     -90.1, 85.1",
        "relativeHumidity, 0,    1,      -0.01, 1.01",
        "windSpeedMs,      0,    120,    -0.1,  120.1",
        "windDirectionDeg, 0,    360,    -0.1,  360.1"
    })
    void airFieldsHavePhysicalLimits(String field, String lowest, String highest, String below, String above) {
        accepted(STATION, station("\"" + field + "\":" + lowest));
        accepted(STATION, station("\"" + field + "\":" + highest));
        assertThat(rejected(STATION, station("\"" + field + "\":" + below)).reason())
                .isEqualTo(RejectReason.OUT_OF_RANGE);
        assertThat(rejected(STATION, station("\"" + field + "\":" + above)).reason())
                .isEqualTo(RejectReason.OUT_OF_RANGE);
    }

    @Test
    void dayLongPeriodIsForAirOnly() {
        assertThat(air(station("\"pm25UgM3\":3,\"periodSeconds\":86400")).periodSeconds())
                .isEqualTo(86_400);
        assertThat(rejected(STATION, station("\"pm25UgM3\":3,\"periodSeconds\":86401"))
                        .reason())
                .isEqualTo(RejectReason.BAD_PERIOD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"averageSpeedKmh\":170                                        | implausible:averageSpeedKmh",
                "\"vehicleCount\":0,\"averageSpeedKmh\":50                      | speed-without-vehicles",
                "\"vehicleCount\":5,\"averageSpeedKmh\":0                       | vehicles-without-speed",
                "\"vehicleCount\":61,\"periodSeconds\":60,\"laneId\":1          | implausible:vehicleCount",
            })
    void implausibleDetectorsAreFlaggedNotRefused(String fields, String flag) {
        assertThat(traffic(loop(fields)).flags()).containsExactly(flag);
    }

    @ParameterizedTest
    @CsvSource({
        "pm25UgM3, 999,  at-range-limit:pm25UgM3",
        "pm10UgM3, 1000, at-range-limit:pm10UgM3",
        "so2UgM3,  500,  at-range-limit:so2UgM3",
        "pm25UgM3, -20,  implausible:pm25UgM3",
        "coMgM3,   400,  implausible:coMgM3",
        "o3UgM3,   701,  implausible:o3UgM3"
    })
    void implausibleStationsAreFlaggedNotRefused(String field, String value, String flag) {
        assertThat(air(station("\"" + field + "\":" + value)).flags()).containsExactly(flag);
    }

    @Test
    void smallNegativeConcentrationsAreHonestNoise() {
        assertThat(air(station("\"pm25UgM3\":-3.2")).flags()).isEmpty();
    }

    @Test
    void northIsZero() {
        assertThat(air(station("\"windDirectionDeg\":360")).windDirectionDeg()).isZero();
    }

    @Test
    void wholeNumbersMayBeWrittenWithAPoint() {
        assertThat(traffic(loop("\"vehicleCount\":14.0,\"periodSeconds\":60.0")).vehicleCount())
                .isEqualTo(14);
    }

    @Test
    void largestSequenceIsKeptExactly() {
        assertThat(traffic(loop("\"occupancy\":0.1,\"bootId\":\"a\",\"sequence\":9223372036854775807"))
                        .sequence())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void topicAndPayloadMustNameTheSameSensor() {
        Rejected rejected = rejected("city/lindholm/traffic/loop-0422", loop("\"occupancy\":0.1"));
        assertThat(rejected.reason()).isEqualTo(RejectReason.IDENTITY_MISMATCH);
        assertThat(rejected.detail()).contains("loop-0421").contains("loop-0422");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "city/lindholm/noise/n-1",
                "city/lindholm/traffic",
                "city/lindholm/traffic/a/b",
                "town/lindholm/traffic/a",
                "city",
                ""
            })
    void otherTopicsAreUnknown(String topic) {
        assertThat(rejected(topic, loop("\"occupancy\":0.1")).reason()).isEqualTo(RejectReason.UNKNOWN_TOPIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"city//traffic/a", "city/lind holm/traffic/a", "city/lindholm/traffic/", "city/l/traffic/a\nb"})
    void idsInTopicsAreValidatedBeforeTheyReachKeysOrLogs(String topic) {
        Rejected rejected = rejected(topic, "{}");
        assertThat(rejected.reason()).isEqualTo(RejectReason.BAD_ID);
    }

    @Test
    void moreThan64KiBAreTooLargeWhateverTheyHold() {
        String payload = loop("\"occupancy\":0.1,\"x\":\"" + "a".repeat(64 * 1024) + "\"");
        assertThat(rejected(LOOP, payload).reason()).isEqualTo(RejectReason.TOO_LARGE);
        assertThat(rejected(LOOP, loop("\"occupancy\":0." + "1".repeat(200))).reason())
                .isEqualTo(RejectReason.TOO_LARGE);
    }

    @Test
    void detailsCannotBreakALogLine() {
        Rejected rejected = rejected(
                LOOP,
                "{\"sensorId\":\"loop-0421\",\"observedAt\":\"\\r\\nERROR forged\\u0000" + "x".repeat(1_000) + "\"}");
        assertThat(rejected.detail()).doesNotContain("\n", "\r", "\0").hasSizeLessThanOrEqualTo(300);
    }
}
