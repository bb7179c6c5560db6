package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.citystream.model.place.GeoPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The course of the day and the year, as means over a fortnight, for single days have weather of their own. */
class WeatherTest {
    private static final GeoPoint AARHUS = new GeoPoint(56.15, 10.2);
    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant JANUARY = Instant.parse("2026-01-05T00:00:00Z");
    private static final int DAYS = 14;

    private static double mean(long seed, Instant from, int hourUtc, ToDoubleFunction<Weather> value) {
        return IntStream.range(0, DAYS)
                .mapToObj(day -> from.plus(Duration.ofHours(24L * day + hourUtc)))
                .map(at -> Weather.at(at, AARHUS, Draws.of(seed)))
                .mapToDouble(value)
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afternoonsAreWarmerDrierWindierAndBetterMixedThanNights(long seed) {
        assertThat(mean(seed, JULY, 14, Weather::temperatureC))
                .isGreaterThan(mean(seed, JULY, 3, Weather::temperatureC) + 3);
        assertThat(mean(seed, JULY, 14, Weather::relativeHumidity))
                .isLessThan(mean(seed, JULY, 3, Weather::relativeHumidity) - 0.1);
        assertThat(mean(seed, JULY, 14, Weather::windSpeedMs)).isGreaterThan(mean(seed, JULY, 3, Weather::windSpeedMs));
        assertThat(mean(seed, JULY, 14, Weather::mixingHeightM))
                .isGreaterThan(2 * mean(seed, JULY, 3, Weather::mixingHeightM));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sunShinesByDayAndSummersAreWarmerThanWinters(long seed) {
        assertThat(mean(seed, JULY, 23, Weather::sunshine)).isZero();
        assertThat(mean(seed, JULY, 11, Weather::sunshine)).isGreaterThan(0.3);
        assertThat(mean(seed, JULY, 14, Weather::temperatureC))
                .isGreaterThan(mean(seed, JANUARY, 14, Weather::temperatureC) + 8);
    }
}
