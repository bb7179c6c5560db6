package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.AirQualitySummary;
import org.junit.jupiter.api.Test;

/** What an alarm about the air is told with. */
class AirAlarmTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void anAlarmOfTheEuropeanIndexTellsItsLevelAndEveryMean() {
        StationLife station =
                station("{id: poor, kind: air-index, index: european, enter: {level-at-least: poor, for: PT1H}, "
                        + "exit: {level-at-most: moderate, for: PT2H}}");
        hour(station, 1, "pm25UgM3", 12, "pm10UgM3", 20.5, "no2UgM3", 20, "o3UgM3", 30);
        hour(station, 2, "pm25UgM3", 12, "pm10UgM3", 20.5, "no2UgM3", 70, "o3UgM3", 30);
        JsonNode evidence = opened(station).evidence();

        assertThat(evidence.path("window"))
                .hasToString("{\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-11-23T10:00:00Z\"}");
        assertThat(evidence.path("observed"))
                .hasToString(
                        "{\"index\":\"european\",\"value\":4,\"unit\":\"1\",\"level\":\"poor\",\"pollutant\":\"no2\"}");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"enterLevelAtLeast\":\"poor\",\"enterFor\":\"PT1H\","
                        + "\"exitLevelAtMost\":\"moderate\",\"exitFor\":\"PT2H\"}");
        assertThat(evidence.path("hourlyMeans")).hasToString("{\"pm25\":12.0,\"pm10\":20.5,\"no2\":70.0,\"o3\":30.0}");
        assertThat(evidence.path("pm25NowCastUgM3").asDouble()).isEqualTo(12);
        assertThat(evidence.path("pm10NowCastUgM3").asDouble()).isEqualTo(20);
        assertThat(evidence.path("incomplete")).hasToString("false");
        assertThat(evidence.path("completeness")).hasToString("{\"no2\":1.0,\"o3\":1.0,\"pm10\":1.0,\"pm25\":1.0}");
        assertThat(evidence.path("sensors")).hasToString("[{\"sensorId\":\"air-1\",\"readings\":1,\"trust\":1.0}]");
        assertThat(evidence.path("samples"))
                .hasToString("[{\"sensorId\":\"air-1\",\"observedAt\":\"2026-11-23T10:00:00Z\",\"pm25UgM3\":12.0,"
                        + "\"pm10UgM3\":20.5,\"no2UgM3\":70.0,\"o3UgM3\":30.0}]");
        assertThat(evidence.path("excluded")).hasToString("[]");
    }

    @Test
    void anIndexWithoutTheMinimumOfPollutantsIsToldToBeIncomplete() {
        StationLife station =
                station("{id: poor, kind: air-index, index: european, enter: {level-at-least: poor, for: PT1H}, "
                        + "exit: {level-at-most: moderate, for: PT2H}}");
        hour(station, 1, "no2UgM3", 70);
        JsonNode evidence = opened(station).evidence();
        assertThat(evidence.path("incomplete")).hasToString("true");
        assertThat(evidence.has("pm25NowCastUgM3")).isFalse();
        assertThat(evidence.has("pm10NowCastUgM3")).isFalse();
    }

    /** 60 µg/m³ of PM2.5: 151 + 49 * (60 - 55.5) / 69.9 = 154.2. */
    @Test
    void anAlarmOfTheUsAqiTellsItsValue() {
        StationLife station =
                station("{id: bad, kind: air-index, index: us-aqi, enter: {level-at-least: unhealthy, for: PT1H}, "
                        + "exit: {level-at-most: moderate, for: PT1H}}");
        hour(station, 1, "pm25UgM3", 60);
        hour(station, 2, "pm25UgM3", 60);
        CityEvent opened = opened(station);
        assertThat(opened.summary()).isEqualTo("US AQI 154 at air-1 is unhealthy, because of PM2.5");
        assertThat(opened.evidence().path("observed"))
                .hasToString("{\"index\":\"us-aqi\",\"value\":154,\"unit\":\"1\",\"level\":\"unhealthy\","
                        + "\"pollutant\":\"pm25\"}");
        assertThat(opened.evidence().has("incomplete")).isFalse();
    }

    /** 200 µg/m³ of PM10, truncated: 101 + 49 * (200 - 155) / 99 = 123.3. */
    @Test
    void coarseParticlesDecideByTheirNowCast() {
        StationLife station = station(
                "{id: never, kind: air-exceedance, pollutant: so2, above: 999 ug/m3, " + "consecutive-hours: 1}");
        hour(station, 1, "pm10UgM3", 200.9);
        hour(station, 2, "pm10UgM3", 200.9);
        AirQualitySummary told = told(station, 2);
        assertThat(told.pm10NowCastUgM3()).isEqualTo(200);
        assertThat(told.usAqi()).isEqualTo(123);
        assertThat(told.usAqiPollutant()).isEqualTo("pm10");
        assertThat(told.europeanIndex()).isEqualTo(5);
        assertThat(told.europeanPollutant()).isEqualTo("pm10");
        assertThat(told.europeanIncomplete()).isTrue();
    }

    @Test
    void anAlarmOfALimitTellsTheMeanAndForHowLong() {
        StationLife station = station(
                "{id: high, kind: air-exceedance, pollutant: no2, above: 200 ug/m3, " + "consecutive-hours: 3}");
        for (int hour = 1; hour <= 3; hour++) {
            hour(station, hour, "no2UgM3", 250 + hour);
        }
        JsonNode evidence = opened(station).evidence();
        assertThat(evidence.path("observed"))
                .hasToString("{\"pollutant\":\"no2\",\"averaging\":\"1h\",\"value\":253.0,\"unit\":\"µg/m³\"}");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"above\":200.0,\"unit\":\"µg/m³\",\"averaging\":\"1h\",\"consecutiveHours\":3}");
        assertThat(evidence.path("hours").asInt()).isEqualTo(3);
    }

    @Test
    void aLimitOfDaysCountsDays() {
        StationLife station = station("{id: day, kind: air-exceedance, pollutant: pm10, above: 45 ug/m3, "
                + "averaging: day, consecutive-days: 1}");
        for (int hour = -7; hour <= 16; hour++) {
            hour(station, hour, "pm10UgM3", hour % 2 == 0 ? 50 : 51);
        }
        JsonNode evidence = opened(station).evidence();
        assertThat(evidence.path("observed"))
                .hasToString("{\"pollutant\":\"pm10\",\"averaging\":\"day\",\"value\":50.5,\"unit\":\"µg/m³\"}");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"above\":45.0,\"unit\":\"µg/m³\",\"averaging\":\"day\",\"consecutiveDays\":1}");
    }

    private static StationLife station(String rule) {
        try {
            List<Rule> rules = RuleCodec.readDocument(rule).stream()
                    .map(each -> each.withVersion(1, Instant.EPOCH))
                    .toList();
            return new StationLife("air-1", List.of(), rules);
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    private static void hour(StationLife station, int number, Object... fieldsAndValues) {
        Instant end = EIGHT.plus(HOUR.multipliedBy(number));
        station.reading("air-1", end, HOUR, StationValues.of(fieldsAndValues), end);
    }

    private static AirQualitySummary told(StationLife station, int number) {
        station.clockAt(EIGHT.plus(Duration.ofHours(20)));
        return Objects.requireNonNull(station.summaries().get(EIGHT.plus(HOUR.multipliedBy(number - 1L))));
    }

    private static CityEvent opened(StationLife station) {
        station.clockAt(EIGHT.plus(Duration.ofHours(20)));
        return station.events().get(0);
    }
}
