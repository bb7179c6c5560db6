package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an hour of a station tells beside its means, and what the kernel learns of the station. */
class StationSummaryTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final AirFold fold = new AirFold(sensors, rules);

    private static Sensor sensor(String more) {
        return JsonCodec.read(
                ("{\"sensorId\":\"air-1\",\"kind\":\"air\",\"cityId\":\"lindholm\"," + more + "\"version\":1}")
                        .getBytes(StandardCharsets.UTF_8),
                Sensor.class);
    }

    private static AirQualitySummary hour(List<Sensor> registry, Object... fieldsAndValues) {
        StationLife station = new StationLife("air-1", registry, List.of());
        station.reading("air-1", EIGHT.plus(HOUR), HOUR, StationValues.of(fieldsAndValues), EIGHT.plus(HOUR));
        station.clockAt(EIGHT.plus(HOUR).plusSeconds(100));
        return Objects.requireNonNull(station.summaries().get(EIGHT));
    }

    @Test
    void weatherIsRoundedToWhatInstrumentsTell() {
        AirQualitySummary hour = hour(
                List.of(), "temperatureC", -3.456, "relativeHumidity", 0.87654, "windSpeedMs", 2.345, "pm10UgM3", 5);

        assertThat(hour.temperatureC()).isEqualTo(-3.46);
        assertThat(hour.relativeHumidity()).isEqualTo(0.8765);
        assertThat(hour.windSpeedMs()).isEqualTo(2.35);
        assertThat(hour.windDirectionDeg()).as("not measured").isNull();
        assertThat(hour.pm25UgM3()).isNull();
        assertThat(hour.pm25NowCastUgM3()).as("of one hour").isNull();
        assertThat(hour.lowerBounds()).isNull();
        assertThat(hour.completeness()).containsExactly(Map.entry("pm10", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "45.26, 45.3", "180, 180", "225, 225", "359.94, 359.9", "359.96, 0"})
    void theWindsDirectionIsToldToATenthOfADegree(double degrees, double told) {
        assertThat(hour(List.of(), "windDirectionDeg", degrees).windDirectionDeg())
                .isEqualTo(told);
    }

    @Test
    void theIndexIsIncompleteWithoutOzoneUnlessTheStationStandsInTraffic() {
        AirQualitySummary unknown = hour(List.of(), "no2UgM3", 30, "pm10UgM3", 5);
        assertThat(unknown.europeanIncomplete()).isTrue();
        assertThat(unknown.setting()).isNull();
        assertThat(unknown.cityId()).isNull();

        AirQualitySummary traffic = hour(List.of(sensor("\"setting\":\"traffic\",")), "no2UgM3", 30, "pm10UgM3", 5);
        assertThat(traffic.europeanIncomplete()).as("said only where it is so").isNull();
        assertThat(traffic.setting()).isEqualTo("traffic");
        assertThat(traffic.cityId()).isEqualTo("lindholm");
        assertThat(traffic.europeanIndex())
                .as("moderate: above 25, not above 60")
                .isEqualTo(3);
        assertThat(traffic.europeanPollutant()).isEqualTo("no2");
    }

    @Test
    void aStationIsSilentAfterThreeOfItsUploads() {
        assertThat(fold.silentAfterMillis("air-1", EIGHT))
                .as("of an hour, unregistered")
                .isEqualTo(3 * 3_600_000);
        sensors.apply(sensor("\"expectedIntervalSeconds\":300,\"uploadIntervalSeconds\":600,"));
        assertThat(fold.silentAfterMillis("air-1", EIGHT)).isEqualTo(3 * 600_000);
    }

    /** Its mean of the day is due at midnight, and one silent hour ends a run of hours. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:00:00Z, 15",
        "2026-11-23T21:00:00Z, 2",
        "2026-11-23T22:00:00Z, 1",
        "2026-11-23T23:00:00Z, 1"
    })
    void silentHoursAreFoldedUntilMidnightAndOneAtLeast(Instant start, int hours) {
        assertThat(fold.expectedAfter("air-1", start)).isEqualTo(hours);
    }

    @Test
    void anotherRegistryEntryOrRuleMakesTheKernelDecideAnew() throws Exception {
        Instant noon = EIGHT.plus(Duration.ofHours(4));
        long before = fold.controlFingerprint("air-1", noon);
        assertThat(fold.controlFingerprint("air-1", noon)).isEqualTo(before);

        sensors.apply(sensor("\"expectedIntervalSeconds\":300,"));
        long registered = fold.controlFingerprint("air-1", noon);
        assertThat(registered).isNotEqualTo(before);

        Rule rule = RuleCodec.readDocument(
                        "{id: high, kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 1}")
                .get(0)
                .withVersion(1, EIGHT);
        rules.apply(rule);
        assertThat(fold.controlFingerprint("air-1", noon)).isNotEqualTo(registered);
        assertThat(fold.controlFingerprint("air-1", EIGHT.minus(HOUR)))
                .as("the rule held not yet")
                .isEqualTo(registered);
    }

    @Test
    void nothingIsToldOfAStationWhoseSensorsAreGone() {
        sensors.apply(sensor("\"expectedIntervalSeconds\":3600,"));
        assertThat(fold.retiredSince("air-1")).isEqualTo(Long.MAX_VALUE);
        sensors.apply(
                sensor("\"expectedIntervalSeconds\":3600,\"retired\":true,").withVersion(2, EIGHT));

        assertThat(fold.retiredSince("air-1")).isEqualTo(EIGHT.toEpochMilli());
        assertThat(fold.next("air-1", fold.initial(), EIGHT, new Pane()).summary())
                .isNull();
        assertThat(fold.next("air-1", fold.initial(), EIGHT, new Pane()).state())
                .isSameAs(fold.initial());
        assertThat(fold.readingsTopic()).isEqualTo("city.readings.air.v1");
    }

    @Test
    void onlyASettledHourOfAStationInADistrictIsAPartOfIt() {
        AirQualitySummary summary = hour(List.of(), "no2UgM3", 30, "pm10UgM3", 5);
        AirHour hour = new AirHour(summary, "harbour", () -> summary);
        @Nullable Observation part = fold.part(hour);

        assertThat(part).isNotNull().extracting(Observation::subjectId).isEqualTo("harbour");
        assertThat(fold.part(hour.told(2, false))).as("while it runs").isNull();
        assertThat(fold.part(new AirHour(summary, null, () -> summary)))
                .as("without neighbours")
                .isNull();
        assertThat(hour.told(3, true).summary().revision()).isEqualTo(3);
    }
}
