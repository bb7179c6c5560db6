package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.summary.AirQualitySummary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From which hour on values that hang are not believed: limits of hours, readings, minutes and pollutants. */
class StuckPollutantsTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    /**
     * All together: three hours, six readings, three pollutants, one of them above its floor. One alone: four hours and
     * what the table of sensor limits says, which is 12 readings over 60 min of NO2, 24 over 360 of SO2, 48 over 720 of CO.
     *
     * @param believed hours before the first that is not
     */
    @ParameterizedTest
    @CsvSource({
        "5, pm25UgM3 18 pm10UgM3 25 no2UgM3 100, 2",
        "30, pm25UgM3 18 pm10UgM3 25 no2UgM3 100, 2",
        "60, pm25UgM3 18 pm10UgM3 25 no2UgM3 100, 5",
        "30, pm25UgM3 2 pm10UgM3 5 no2UgM3 100, 2",
        "60, no2UgM3 100 o3UgM3 2, 11",
        "5, no2UgM3 100, 3",
        "60, no2UgM3 100, 11",
        "5, so2UgM3 100, 5",
        "5, coMgM3 4, 11",
    })
    void valuesThatHangAreBelievedForAWhile(int everyMinutes, String hanging, int believed) {
        StationLife station = new StationLife("air-1", List.of(), List.of());
        Duration period = Duration.ofMinutes(everyMinutes);
        double[] values = values(hanging);
        Instant until = EIGHT.plus(Duration.ofHours(14));
        for (Instant end = EIGHT.plus(period); !end.isAfter(until); end = end.plus(period)) {
            station.reading("air-1", end, period, values, end);
        }
        station.clockAt(until.plus(Duration.ofHours(3)));

        List<Boolean> measured = new ArrayList<>();
        station.summaries().values().forEach(hour -> measured.add(hasMean(hour)));
        assertThat(measured).hasSize(14).startsWith(true);
        assertThat(measured.indexOf(false)).isEqualTo(believed);
        assertThat(measured.subList(believed, 14)).containsOnly(false);
    }

    /** Of what hangs above its floor. */
    private static boolean hasMean(AirQualitySummary hour) {
        return hour.no2UgM3() != null || hour.so2UgM3() != null || hour.coMgM3() != null;
    }

    private static double[] values(String fieldsAndValues) {
        List<Object> values = new ArrayList<>();
        for (String each : fieldsAndValues.split(" ")) {
            values.add(values.size() % 2 == 0 ? each : (Object) Double.valueOf(each));
        }
        return StationValues.of(values.toArray());
    }

    /** What is at its detection floor may stay there. */
    @ParameterizedTest
    @ValueSource(strings = {"no2UgM3 10 o3UgM3 10 so2UgM3 10", "no2UgM3 10 o3UgM3 10"})
    void floorsAreBelievedForEver(String hanging) {
        int hours = 14;
        StationLife station = new StationLife("air-1", List.of(), List.of());
        for (int i = 1; i <= hours; i++) {
            Instant end = EIGHT.plus(Duration.ofHours(i));
            station.reading("air-1", end, Duration.ofHours(1), values(hanging), end);
        }
        station.clockAt(EIGHT.plus(Duration.ofHours(hours + 3L)));
        assertThat(station.summaries().values())
                .hasSize(hours)
                .allSatisfy(hour -> assertThat(hour.no2UgM3()).isEqualTo(10));
    }
}
