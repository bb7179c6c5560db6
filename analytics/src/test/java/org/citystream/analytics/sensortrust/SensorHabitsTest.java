package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits, codes, boots, channels and hours, each at its boundary. */
class SensorHabitsTest {
    @ParameterizedTest
    @CsvSource({
        "pm25UgM3, -15, true",
        "pm25UgM3, -15.1, false",
        "pm25UgM3, 1500, true",
        "pm25UgM3, 1500.1, false",
        "relativeHumidity, 1.05, true",
        "relativeHumidity, 1.06, false",
        "pm25UgM3, NaN, false",
        "unheardOf, Infinity, false",
        "unheardOf, -99999, true",
    })
    void bothLimitsOfPlausibilityAreInclusive(String measure, double value, boolean plausible) {
        assertThat(SensorLimits.isPlausible(measure, value)).isEqualTo(plausible);
    }

    @ParameterizedTest
    @CsvSource({
        "so2UgM3, 15, true",
        "so2UgM3, 15.1, false",
        "so2UgM3, 500, true",
        "temperatureC, -40, false",
        "occupancy, 1, true",
    })
    void theDetectionFloorAndTheEndOfTheRangeMayRepeat(String measure, double value, boolean mayRepeat) {
        assertThat(SensorLimits.mayRepeat(measure, value)).isEqualTo(mayRepeat);
    }

    @ParameterizedTest
    @CsvSource({
        "pm25UgM3, 12, 3600000, true",
        "pm25UgM3, 11, 3600000, false",
        "pm25UgM3, 12, 3599999, false",
        "temperatureC, 9999, 999999999, false",
    })
    void repetitionIsAFaultWhenBothAreReached(String measure, int readings, long millis, boolean tooLong) {
        assertThat(SensorLimits.repeatsTooLong(measure, readings, millis)).isEqualTo(tooLong);
    }

    @Test
    void instrumentsEndWhereTheTableSays() {
        assertThat(SensorLimits.isAtRangeEnd("pm10UgM3", 985)).isTrue();
        assertThat(SensorLimits.isAtRangeEnd("pm10UgM3", 986)).isFalse();
        assertThat(SensorLimits.isAtRangeEnd("no2UgM3", 985)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "999, 1999, -, pm10UgM3 pm25UgM3",
                "999.9, 1999.9, -, pm10UgM3 pm25UgM3",
                "1000, 1999, -, pm10UgM3",
                "998.9, 1999, -, pm10UgM3",
                "999, 2000, -, ''",
                "999, 1998.9, -, ''",
                "999, -, -, ''",
                "-1, -, -, ''",
                "-1, -1, -, pm10UgM3 pm25UgM3",
                "-1, -, -1, no2UgM3 pm25UgM3",
                "-1, -1, 3, ''",
            })
    void codesStandInPlaceOfMeasurements(Double pm25, Double pm10, Double no2, String codes) {
        Map<String, Double> values = new HashMap<>();
        values.put("temperatureC", -1.0);
        values.put("pm25UgM3", pm25);
        if (pm10 != null) {
            values.put("pm10UgM3", pm10);
        }
        if (no2 != null) {
            values.put("no2UgM3", no2);
        }
        assertThat(String.join(" ", ErrorCodes.in(values))).isEqualTo(codes);
    }

    /** More than 5 µg/m³ and more than 70 % of the mean: 14 of 20. */
    @ParameterizedTest
    @CsvSource({"2, 7, false", "2, 7.1, true", "7.1, 2, true", "13, 27, false", "13, 27.1, true", "100, 120, false"})
    void channelsDisagreeByBothBounds(double a, double b, boolean disagree) {
        assertThat(ChannelAgreement.disagree(a, b)).isEqualTo(disagree);
    }

    @Test
    void aBootThatReturnsIsAnotherDeviceButItsStragglersAreNot() {
        Boots boots = Boots.NONE.next(0xA, 100).next(0xB, 200);
        assertThat(boots).isEqualTo(new Boots(0xB, 0xA, 200));
        assertThat(boots.isForeign(0xA, 200)).isTrue();
        assertThat(boots.isForeign(0xA, 199)).isFalse();
        assertThat(boots.isForeign(0xB, 300)).isFalse();
        assertThat(boots.isForeign(0xC, 300)).isFalse();
        assertThat(Boots.NONE.isForeign(Identity.NO_BOOT, 300)).isFalse();
        assertThat(new Boots(0xB, Identity.NO_BOOT, 200).isForeign(Identity.NO_BOOT, 300))
                .isFalse();
    }

    @Test
    void aBootFollowsAnotherFromItsFirstReadingOn() {
        Boots boots = new Boots(0xB, 0xA, 200);
        assertThat(boots.next(0xB, 300)).isEqualTo(boots);
        assertThat(boots.next(Identity.NO_BOOT, 300)).isEqualTo(boots);
        assertThat(boots.next(0xC, 199)).as("late").isEqualTo(boots);
        assertThat(boots.next(0xC, 200)).isEqualTo(new Boots(0xC, 0xB, 200));
    }

    @Test
    void threeDisagreeingHoursOfADayAreNeeded() {
        Neighbourhood neighbourhood = Neighbourhood.NONE;
        for (int i = 0; i < 3; i++) {
            assertThat(neighbourhood.channelsDisagree()).isFalse();
            neighbourhood = neighbourhood.next(new Comparison("pa", Map.of(), false), i);
        }
        assertThat(neighbourhood.channelsDisagree()).isTrue();
        assertThat(neighbourhood.next(new Comparison("pa", Map.of(), null), 3)).isEqualTo(neighbourhood);
        for (int i = 0; i < 21; i++) {
            neighbourhood = neighbourhood.next(new Comparison("pa", Map.of(), true), i);
        }
        assertThat(neighbourhood).isEqualTo(new Neighbourhood(List.of(), 0b111 << 21, 24));
        assertThat(neighbourhood.next(new Comparison("pa", Map.of(), true), 30))
                .as("the first of them is a day ago")
                .isEqualTo(new Neighbourhood(List.of(), 0b11 << 22, 24));
    }

    @Test
    void whatEndsWithTheHourBelongsToIt() {
        long nine = Instant.parse("2026-11-23T09:00:00Z").toEpochMilli();
        long hour = Duration.ofHours(1).toMillis();
        assertThat(SensorHour.startOf(nine)).isEqualTo(nine - hour);
        assertThat(SensorHour.startOf(nine + 1)).isEqualTo(nine);
        assertThat(SensorHour.startOf(nine - 1)).isEqualTo(nine - hour);

        SensorHour measured = SensorHour.first("it", "lindholm", false, nine, new double[] {10, Double.NaN})
                .with(new double[] {15, Double.NaN});
        assertThat(measured.mean(0)).isEqualTo(12.5);
        assertThat(measured.mean(1)).isNaN();
        assertThat(measured.startMillis()).isEqualTo(nine - hour);
        assertThat(measured.endMillis()).isEqualTo(nine);
    }

    @Test
    void lanesAreChannelsOfTheirOwnUnderTheLimitsOfTheirKind() {
        assertThat(Observation.trafficChannel(0)).isEqualTo("all-traffic");
        assertThat(Observation.trafficChannel(2)).isEqualTo("all-traffic/2");
        assertThat(Observation.airChannel()).isEqualTo("all-air");
        assertThat(Observation.limitsName("all-traffic/2")).isEqualTo("all-traffic");
        assertThat(Observation.limitsName("all-air")).isEqualTo("all-air");
        assertThat(new Observation("all-traffic/2", 0, 0, 0, Map.of()).channelOf("occupancy"))
                .isEqualTo("occupancy/2");
        assertThat(MeasuredValues.byField(List.of("b", "a", "c"), new double[] {1, 2, Double.NaN}))
                .containsExactly(Map.entry("a", 2.0), Map.entry("b", 1.0));
    }
}
