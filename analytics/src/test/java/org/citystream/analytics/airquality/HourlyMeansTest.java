package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.citystream.analytics.pane.Filled;
import org.citystream.analytics.pane.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Means of weather in one clock hour. */
class HourlyMeansTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    /** Of readings that share the hour. */
    private static HourlyMeans hour(String field, double... values) {
        Observation[] readings = new Observation[values.length];
        Duration each = Duration.ofHours(1).dividedBy(values.length);
        for (int i = 0; i < values.length; i++) {
            Instant end = EIGHT.plus(each.multipliedBy(i + 1L));
            readings[i] = AirObservations.of(
                    "station",
                    "air-1",
                    end.toEpochMilli(),
                    each.toMillis(),
                    null,
                    0,
                    StationValues.of(field, values[i]));
        }
        return new HourlyMeans(Filled.pane(EIGHT, EIGHT.plus(AirFold.PANE), readings), AirDoubts.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "90, 90", "180, 180", "270, 270", "359.96, 0", "123.44, 123.4", "123.46, 123.5", "360, 0"})
    void aWindComesFromWhereItWasSaidToATenthOfADegree(double from, double told) {
        assertThat(hour("windDirectionDeg", from).windDirection()).isEqualTo(told);
    }

    @Test
    void windsAreAveragedAsVectors() {
        assertThat(hour("windDirectionDeg", 80, 100).windDirection()).isEqualTo(90.0);
        assertThat(hour("windDirectionDeg", 260, 280).windDirection()).isEqualTo(270.0);
        assertThat(hour("windDirectionDeg", 350, 30).windDirection()).isEqualTo(10.0);
    }

    @Test
    void oppositeWindsComeFromNowhere() {
        assertThat(hour("windDirectionDeg", 0, 180).windDirection()).isNull();
        assertThat(hour("temperatureC", 4).windDirection()).isNull();
    }

    @Test
    void weatherIsRoundedHalfUp() {
        assertThat(hour("temperatureC", -3.454, -3.456).rounded(AirMeasure.TEMPERATURE, 2))
                .isEqualTo(-3.46);
        assertThat(hour("relativeHumidity", 0.81234).rounded(AirMeasure.HUMIDITY, 4))
                .isEqualTo(0.8123);
        assertThat(hour("windSpeedMs", 2.345).rounded(AirMeasure.WIND_SPEED, 2)).isEqualTo(2.35);
        assertThat(hour("windSpeedMs", 2).rounded(AirMeasure.TEMPERATURE, 2)).isNull();
    }
}
