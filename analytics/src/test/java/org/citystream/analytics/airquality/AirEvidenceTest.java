package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the alarms of a station show to whoever doubts them. */
class AirEvidenceTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String NO2_STEPS = """
            id: no2
            kind: air-exceedance
            pollutant: no2
            above: 200 ug/m3
            consecutive-hours: 1
            severity: {moderate: {above: 200 ug/m3}, severe: {above: 300 ug/m3}}
            """;

    private static Rule rule(String document) {
        try {
            return RuleCodec.readDocument(document).get(0).withVersion(1, Instant.EPOCH);
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    private static Instant end(int hour) {
        return EIGHT.plus(HOUR.multipliedBy(hour));
    }

    /** One hour after another, each of one reading; NaN: one of temperature alone. */
    private static List<CityEvent> told(Rule rule, String field, double... hours) {
        StationLife station = new StationLife("air-1", List.of(), List.of(rule));
        for (int i = 0; i < hours.length; i++) {
            double[] values = Double.isNaN(hours[i])
                    ? StationValues.of("temperatureC", 8)
                    : StationValues.of(field, hours[i], "pm10UgM3", 5 + i);
            station.reading("air-1", end(i + 1), HOUR, values, end(i + 1));
        }
        station.clockAt(end(hours.length).plusSeconds(100));
        return station.events();
    }

    @Test
    void anExceedanceShowsTheMeanTheLimitAndTheHoursThatItTook() {
        String document = "{id: no2, kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 3}";
        CityEvent opened = told(rule(document), "no2UgM3", 30, 210, 220, 230.25).get(0);
        JsonNode evidence = opened.evidence();

        assertThat(evidence.path("window"))
                .hasToString("{\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-11-23T12:00:00Z\"}");
        assertThat(evidence.path("observed"))
                .hasToString("{\"pollutant\":\"no2\",\"averaging\":\"1h\",\"value\":230.25,\"unit\":\"µg/m³\"}");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"above\":200.0,\"unit\":\"µg/m³\",\"averaging\":\"1h\",\"consecutiveHours\":3}");
        assertThat(evidence.path("hours").asInt()).isEqualTo(3);
        assertThat(evidence.path("completeness").path("no2").asDouble()).isEqualTo(1);
        assertThat(evidence.path("sensors")).hasToString("[{\"sensorId\":\"air-1\",\"readings\":1,\"trust\":1.0}]");
        assertThat(evidence.path("samples"))
                .hasToString("[{\"sensorId\":\"air-1\",\"observedAt\":\"2026-11-23T12:00:00Z\",\"pm10UgM3\":8.0,"
                        + "\"no2UgM3\":230.25}]");
        assertThat(evidence.path("excluded")).isEmpty();
        assertThat(opened.summary())
                .isEqualTo("NO2 at air-1: 230.3 µg/m³ over one hour, limit 200 µg/m³ for 3 consecutive hours");
    }

    @Test
    void theSecondStepOfALimitIsReachedAboveItAndNotAtIt() {
        assertThat(told(rule(NO2_STEPS), "no2UgM3", 200, 300, 300.1, 250, 200))
                .extracting(CityEvent::transition, CityEvent::severity, CityEvent::at)
                .containsExactly(
                        tuple(Transition.OPENED, Severity.MODERATE, end(2)),
                        tuple(Transition.ESCALATED, Severity.SEVERE, end(3)),
                        tuple(Transition.DEESCALATED, Severity.MODERATE, end(4)),
                        tuple(Transition.CLOSED, Severity.MODERATE, end(5)));
    }

    @Test
    void anHourWithoutTheMeanEndsAnExceedanceWhileTheStationSpeaks() {
        List<CityEvent> events = told(rule(NO2_STEPS), "no2UgM3", 250, Double.NaN);

        assertThat(events).extracting(CityEvent::transition).containsExactly(Transition.OPENED, Transition.CLOSED);
        assertThat(events.get(1).endedAt()).isEqualTo(end(1));
    }

    /** NO2 of 150 µg/m³ is very poor by the bands of 2024: above 100, and not above 150. */
    @Test
    void anIndexShowsTheMeansThatMadeItAndTheLevelsOfItsRule() {
        String document = """
                id: poor
                kind: air-index
                index: european
                enter: {level-at-least: poor, for: PT1H}
                exit: {level-at-most: moderate, for: PT2H}
                """;
        CityEvent opened = told(rule(document), "no2UgM3", 30, 150).get(0);
        JsonNode evidence = opened.evidence();

        assertThat(evidence.path("window"))
                .hasToString("{\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-11-23T10:00:00Z\"}");
        assertThat(evidence.path("observed"))
                .hasToString("{\"index\":\"european\",\"value\":5,\"unit\":\"1\",\"level\":\"very-poor\","
                        + "\"pollutant\":\"no2\"}");
        assertThat(evidence.path("hourlyMeans")).hasToString("{\"pm10\":6.0,\"no2\":150.0}");
        assertThat(evidence.path("pm10NowCastUgM3").isNumber())
                .as("of two hours")
                .isTrue();
        assertThat(evidence.has("pm25NowCastUgM3")).as("not measured").isFalse();
        assertThat(evidence.path("incomplete").asBoolean()).as("no ozone").isTrue();
        assertThat(evidence.path("threshold"))
                .hasToString("{\"enterLevelAtLeast\":\"poor\",\"enterFor\":\"PT1H\",\"exitLevelAtMost\":\"moderate\","
                        + "\"exitFor\":\"PT2H\"}");
    }

    @Test
    void theUsIndexShowsItsNowCastAndKnowsNoIncompleteness() {
        String document = """
                id: us
                kind: air-index
                index: us-aqi
                enter: {level-at-least: moderate, for: PT1H}
                exit: {level-at-most: good, for: PT1H}
                """;
        // The NowCast of equal hours is their value.
        JsonNode evidence = told(rule(document), "pm25UgM3", 40, 40).get(0).evidence();

        assertThat(evidence.path("pm25NowCastUgM3").asDouble()).isEqualTo(40);
        assertThat(evidence.path("observed").path("index").asText()).isEqualTo("us-aqi");
        assertThat(evidence.path("observed").path("pollutant").asText()).isEqualTo("pm25");
        assertThat(evidence.path("observed").has("lowerBounds")).isFalse();
        assertThat(evidence.has("incomplete")).isFalse();
    }

    private static final String RISE = """
            id: rise
            kind: air-rapid-rise
            pollutant: pm25
            rise: {at-least: 20 ug/m3, within: PT3H, sigmas: 4}
            """;

    /** Twelve hours and one of 10 and 12 by turns, and what follows. */
    private static double[] restingThen(double... then) {
        double[] hours = new double[13 + then.length];
        for (int i = 0; i < 13; i++) {
            hours[i] = i % 2 == 0 ? 10 : 12;
        }
        System.arraycopy(then, 0, hours, 13, then.length);
        return hours;
    }

    /** From 10 by the same step twice: 20 is reached by two steps of 10. */
    @ParameterizedTest
    @CsvSource({"9.95, false", "10, true"})
    void aRiseIsOneFromItsLimitOn(double step, boolean rises) {
        Rule twoHours = rule(RISE.replace("PT3H", "PT2H"));
        assertThat(told(twoHours, "pm25UgM3", restingThen(10 + step, 10 + 2 * step)))
                .hasSize(rises ? 1 : 0);
    }

    /** Half of 20 is where it ends: 10 in two hours is between, 9.9 is not. */
    @ParameterizedTest
    @CsvSource({"5, false", "4.95, true"})
    void aRiseEndsBelowHalfOfItsLimit(double step, boolean ends) {
        Rule twoHours = rule(RISE.replace("PT3H", "PT2H"));
        assertThat(told(twoHours, "pm25UgM3", restingThen(20, 30, 30 + step, 30 + 2 * step)))
                .filteredOn(event -> event.transition() == Transition.CLOSED)
                .hasSize(ends ? 1 : 0);
    }

    @Test
    void aRiseShowsWhatItIsHeldAgainst() {
        JsonNode evidence =
                told(rule(RISE), "pm25UgM3", restingThen(20, 30, 40)).get(0).evidence();

        assertThat(evidence.path("observed").path("pollutant").asText()).isEqualTo("pm25");
        assertThat(evidence.path("observed").path("unit").asText()).isEqualTo("µg/m³");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"atLeast\":20.0,\"within\":\"PT3H\",\"sigmas\":4.0,\"unit\":\"µg/m³\"}");
    }

    @Test
    void onlyLimitsAndLevelsAreJudgedForADistrict() {
        assertThat(AirStanding.judges(rule(NO2_STEPS))).isTrue();
        assertThat(AirStanding.judges(rule(RISE))).isFalse();
        StationHour nothing =
                new StationHour(Averages.of(RecentHours.NONE, EIGHT, ZoneOffset.UTC), null, null, null, true);
        assertThatThrownBy(() -> AirStanding.of(rule(RISE), nothing, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a rule of kind air-rapid-rise is judged elsewhere");
    }
}
