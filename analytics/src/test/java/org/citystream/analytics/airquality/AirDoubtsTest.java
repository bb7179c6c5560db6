package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

/** A station of several sensors, of which one is not to be believed. */
class AirDoubtsTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Random random = new Random(7);

    @Test
    void aSensorThatHangsIsLeftOutAndNamed() {
        StationLife station =
                new StationLife("station", List.of(sensor("air-a", ""), sensor("air-b", "")), rule("no2", 200));
        for (int i = 1; i <= 12 * 6; i++) {
            Instant end = EIGHT.plus(FIVE_MINUTES.multipliedBy(i));
            double fresh = (i > 12 * 4 ? 300 : 40) + random.nextInt(9);
            reading(station, "air-a", end, FIVE_MINUTES, values(18.2, 25, 100, 61));
            reading(
                    station,
                    "air-b",
                    end,
                    FIVE_MINUTES,
                    values(12 + random.nextInt(5), 20 + random.nextInt(5), fresh, 50 + random.nextInt(5)));
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(8)));

        assertThat(hour(station, 1).no2UgM3()).as("two hours may be chance").isBetween(69.0, 75.0);
        assertThat(hour(station, 3).no2UgM3()).as("of the other alone").isBetween(40.0, 48.0);
        JsonNode evidence = station.events().get(0).evidence();
        assertThat(evidence.path("excluded"))
                .extracting(each -> each.path("sensorId").asText() + " "
                        + each.path("pollutant").asText() + " "
                        + each.path("reason").asText())
                .containsExactly("air-a pm25 stuck", "air-a pm10 stuck", "air-a no2 stuck", "air-a o3 stuck");
        assertThat(evidence.path("sensors").path(0).path("trust").asDouble()).isZero();
        assertThat(evidence.path("sensors").path(1).path("trust").asDouble()).isEqualTo(1);
        assertThat(evidence.path("samples"))
                .extracting(sample -> sample.path("sensorId").asText())
                .containsExactly("air-a", "air-b");
        assertThat(evidence.path("samples").path(0).path("no2UgM3").asDouble())
                .as("what it said, believed or not")
                .isEqualTo(100);
        assertThat(evidence.path("samples").path(1).path("o3UgM3").asDouble()).isBetween(50.0, 55.0);
    }

    @Test
    void oneValueThatHangsTakesLongerAndTheOthersStayBelieved() {
        StationLife station = new StationLife("station", List.of(sensor("air-a", "")), List.of());
        for (int i = 1; i <= 16; i++) {
            reading(station, "air-a", EIGHT.plus(HOUR.multipliedBy(i)), HOUR, values(18.2, 20 + i, 40 + i, 50 + i));
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(19)));

        assertThat(hour(station, 10).pm25UgM3()).isEqualTo(18.2);
        assertThat(hour(station, 12).pm25UgM3()).isNull();
        assertThat(hour(station, 12).pm10UgM3()).isEqualTo(33);
    }

    @Test
    void aFlatLineAtTheDetectionFloorIsBelieved() {
        StationLife station = new StationLife("station", List.of(sensor("air-a", "")), List.of());
        for (int i = 1; i <= 40; i++) {
            reading(station, "air-a", EIGHT.plus(HOUR.multipliedBy(i)), HOUR, values(2, 20 + i % 7, 10, 50 + i % 5));
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(44)));

        assertThat(hour(station, 39).pm25UgM3()).isEqualTo(2);
        assertThat(hour(station, 39).no2UgM3()).isEqualTo(10);
    }

    @Test
    void aSensorThatMovesAgainIsBelievedAgain() {
        StationLife station = new StationLife("station", List.of(sensor("air-a", "")), List.of());
        for (int i = 1; i <= 12; i++) {
            double[] hanging = values(18.2, 25, 100, 61);
            reading(
                    station,
                    "air-a",
                    EIGHT.plus(HOUR.multipliedBy(i)),
                    HOUR,
                    i == 12 ? values(9, 12, 30, 61) : hanging);
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(15)));

        assertThat(hour(station, 10).no2UgM3()).isNull();
        assertThat(hour(station, 11).no2UgM3()).isEqualTo(30);
    }

    @Test
    void channelsThatDisagreeAreBothLeftOutForTheHour() {
        String instrument = "\"attributes\":{\"instrument\":\"pa-17\"},";
        StationLife station = new StationLife(
                "station", List.of(sensor("pa-17-a", instrument), sensor("pa-17-b", instrument)), List.of());
        double[][] channels = {{20, 24}, {20, 45}, {2, 6.5}};
        for (int i = 0; i < channels.length; i++) {
            Instant end = EIGHT.plus(HOUR.multipliedBy(i + 1));
            reading(station, "pa-17-a", end, HOUR, values(channels[i][0], Double.NaN, Double.NaN, Double.NaN));
            reading(station, "pa-17-b", end, HOUR, values(channels[i][1], Double.NaN, Double.NaN, Double.NaN));
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(6)));

        assertThat(hour(station, 0).pm25UgM3()).isEqualTo(22);
        assertThat(hour(station, 1).pm25UgM3()).isNull();
        assertThat(hour(station, 2).pm25UgM3()).as("4.5 apart is little").isEqualTo(4.25);
    }

    @Test
    void lowCostParticlesAreCorrectedByTypeAndEvidenceSaysSo() {
        StationLife station = new StationLife(
                "station", List.of(sensor("pa-1", "\"attributes\":{\"sensorType\":\"purpleair\"},")), rule("pm25", 20));
        double[] values = values(40, Double.NaN, Double.NaN, Double.NaN);
        values[AirObservations.FIELDS.indexOf("relativeHumidity")] = 0.5;
        reading(station, "pa-1", EIGHT.plus(HOUR), HOUR, values);
        station.clockAt(EIGHT.plus(Duration.ofHours(3)));

        assertThat(hour(station, 0).pm25UgM3()).isEqualTo(22.4);
        JsonNode told = station.events().get(0).evidence().path("sensors").path(0);
        assertThat(told.path("correction").asText()).isEqualTo("barkjohn-2022");
        assertThat(told.path("correctedSeconds").asInt()).isEqualTo(3600);
    }

    @Test
    void errorCodesAreNoMeasurements() {
        StationLife station = new StationLife("station", List.of(sensor("air-a", "")), rule("no2", 200));
        for (int i = 1; i <= 12; i++) {
            boolean dead = i == 5;
            reading(
                    station,
                    "air-a",
                    EIGHT.plus(FIVE_MINUTES.multipliedBy(i)),
                    FIVE_MINUTES,
                    values(dead ? 999.9 : 12, dead ? 1999.9 : 20, 300, 50));
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(3)));

        assertThat(hour(station, 0).pm25UgM3()).isEqualTo(12);
        assertThat(station.events()
                        .get(0)
                        .evidence()
                        .path("excluded")
                        .path(0)
                        .path("seconds")
                        .asInt())
                .isEqualTo(300);
        assertThat(station.events()
                        .get(0)
                        .evidence()
                        .path("sensors")
                        .path(0)
                        .path("trust")
                        .asDouble())
                .isBetween(0.9, 0.99);
    }

    private static void reading(StationLife station, String id, Instant end, Duration period, double[] values) {
        station.reading(id, end, period, values, end);
    }

    private static AirQualitySummary hour(StationLife station, int number) {
        return Objects.requireNonNull(station.summaries().get(EIGHT.plus(HOUR.multipliedBy(number))));
    }

    private static double[] values(double pm25, double pm10, double no2, double o3) {
        double[] values = new double[AirObservations.FIELDS.size()];
        Arrays.fill(values, Double.NaN);
        System.arraycopy(new double[] {pm25, pm10, no2, o3}, 0, values, 0, 4);
        return values;
    }

    private static List<Rule> rule(String pollutant, int above) {
        try {
            return RuleCodec.readDocument("[{id: high, kind: air-exceedance, pollutant: " + pollutant + ", above: "
                            + above + " ug/m3, consecutive-hours: 1}]")
                    .stream()
                    .map(rule -> rule.withVersion(1, Instant.EPOCH))
                    .toList();
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    private static Sensor sensor(String id, String more) {
        return JsonCodec.read(
                ("{\"sensorId\":\"" + id + "\",\"kind\":\"air\",\"cityId\":\"lindholm\",\"stationId\":\"station\","
                                + more + "\"expectedIntervalSeconds\":300,\"version\":1}")
                        .getBytes(StandardCharsets.UTF_8),
                Sensor.class);
    }
}
