package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.AirQualitySummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The indices of one station as its hours make them, and the alarms of the shipped rules about them. */
class StationIndexTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    /** µg/m³ per ppb, CO mg/m³ per ppm; at 20 °C. */
    private static final double NO2 = 1.9125;

    private static final double O3 = 1.9953;
    private static final double SO2 = 2.6632;
    private static final double CO = 1.1644;

    private final StationLife station = new StationLife("air-1", List.of(), RuleCodec.defaultRules());
    private int hours;

    @Test
    void carbonMonoxideTakesSixOfEightHours() {
        for (int hour = 1; hour <= 6; hour++) {
            hour("coMgM3", carbonMonoxide(hour));
        }
        hour("temperatureC", 4);
        hour("temperatureC", 4);
        hour("temperatureC", 4);

        assertThat(usAqi(5)).as("five hours are too few").isNull();
        assertThat(usAqi(6)).isEqualTo(109);
        assertThat(usAqi(8)).as("two of the eight are missing").isEqualTo(109);
        assertThat(usAqi(9)).as("three are").isNull();
        assertThat(told(6).usAqiPollutant()).isEqualTo("co");
    }

    /** 10.05 ppm in the mean of any even number. */
    private static double carbonMonoxide(int hour) {
        return (hour % 2 == 0 ? 10.02 : 10.08) * CO;
    }

    @Test
    void sulphurDioxideIsBoundedUntilEighteenOfTwentyFourHoursSayMore() {
        for (int hour = 1; hour <= 19; hour++) {
            hour("so2UgM3", (hour % 2 == 0 ? 400.2 : 400.8) * SO2);
        }
        assertThat(usAqi(1)).isEqualTo(200);
        assertThat(usAqi(17)).isEqualTo(200);
        assertThat(usAqi(18)).isEqualTo(232);
        assertThat(told(18).usAqiCategory()).isEqualTo("very-unhealthy");
    }

    @Test
    void anHourOfSulphurDioxideBeyondTheScaleIsBoundedWhereTheDayIsLower() {
        for (int hour = 1; hour <= 22; hour++) {
            hour("so2UgM3", (hour % 2 == 0 ? 20 : 21) * SO2);
        }
        hour("so2UgM3", 300.5 * SO2);
        hour("so2UgM3", 306.5 * SO2);

        assertThat(usAqi(23)).isEqualTo(198);
        assertThat(usAqi(24)).isEqualTo(200);
    }

    /** Where the 8 h scale ends, at 0.200 ppm, and beneath: the surrogate of 240.5 ppb is 208.9. */
    @ParameterizedTest
    @CsvSource({"240.5, 218", "200.5, 273"})
    void ozoneIsTheLargerOfOneHourAndEight(double ppb, int index) {
        hour("o3UgM3", ppb * O3);

        assertThat(usAqi(1)).isEqualTo(index);
        assertThat(told(1).usAqiPollutant()).isEqualTo("o3");
    }

    @Test
    void onlyTheEightHoursOfOzoneReachBackOverMissingHours() {
        hour("o3UgM3", 200.5 * O3);
        for (int missing = 1; missing <= 3; missing++) {
            hour("temperatureC", 20);
        }
        hour("o3UgM3", 240.5 * O3);
        hour("temperatureC", 20);

        assertThat(usAqi(3)).isEqualTo(273);
        assertThat(usAqi(4)).isNull();
        assertThat(usAqi(5)).isEqualTo(218);
        assertThat(usAqi(6)).as("one hour's ozone is no longer known").isNull();
    }

    @Test
    void aDayWithoutAnyOzoneIsZeroAndNotTheOffsetOfTheSurrogate() {
        for (int hour = 1; hour <= 18; hour++) {
            hour("o3UgM3", 0);
        }
        assertThat(usAqi(17)).isEqualTo(4);
        assertThat(usAqi(18)).isZero();
    }

    @Test
    void theAlarmOfTheUsIndexOpensAndClosesByTheShippedRule() {
        for (double ppb : new double[] {90, 400, 700, 400, 200, 90, 91, 92}) {
            hour("no2UgM3", ppb * NO2);
        }
        settle();

        List<CityEvent> alarm = station.events().stream()
                .filter(event -> event.rule().id().equals("us-aqi-unhealthy"))
                .toList();
        assertThat(alarm)
                .extracting(CityEvent::transition, CityEvent::severity, CityEvent::at)
                .containsExactly(
                        tuple(Transition.OPENED, Severity.MODERATE, end(2)),
                        tuple(Transition.ESCALATED, Severity.SEVERE, end(3)),
                        tuple(Transition.DEESCALATED, Severity.MODERATE, end(5)),
                        tuple(Transition.CLOSED, Severity.MODERATE, end(7)));
        assertThat(alarm.get(0).startedAt()).isEqualTo(end(1));
        assertThat(alarm.get(3).endedAt()).isEqualTo(end(5));
        assertThat(alarm.get(0).summary()).isEqualTo("US AQI 158 at air-1 is unhealthy, because of NO2");
        assertThat(alarm.get(0).evidence().path("observed").path("level").asText())
                .isEqualTo("unhealthy");
    }

    @ParameterizedTest
    @CsvSource({
        "european-index-poor, European air quality index at air-1 is extremely poor",
        "us-aqi-unhealthy, US AQI 1842 at air-1 is hazardous"
    })
    void anInstrumentAtTheEndOfItsRangeMakesTheIndexALowerBound(String rule, String words) {
        hour("pm25UgM3", 999);
        hour("pm25UgM3", 999);
        settle();

        assertThat(station.events())
                .filteredOn(event -> event.rule().id().equals(rule))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.severity()).isEqualTo(Severity.EXTREME);
                    assertThat(event.summary()).isEqualTo(words + ", because of PM2.5 (a lower bound)");
                    assertThat(event.evidence().path("observed").path("lowerBounds"))
                            .extracting(JsonNode::asText)
                            .containsExactly("pm25");
                });
    }

    private void hour(String field, double value) {
        hours++;
        station.reading("air-1", end(hours), HOUR, StationValues.of(field, value), end(hours));
    }

    private static Instant end(int hour) {
        return EIGHT.plus(HOUR.multipliedBy(hour));
    }

    private @Nullable Integer usAqi(int hour) {
        return told(hour).usAqi();
    }

    private AirQualitySummary told(int hour) {
        settle();
        return Objects.requireNonNull(station.summaries().get(end(hour - 1)));
    }

    private void settle() {
        station.clockAt(end(hours).plusSeconds(100));
    }
}
