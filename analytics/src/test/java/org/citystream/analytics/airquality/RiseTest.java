package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much a pollutant has risen lately, and how much it usually changes. */
class RiseTest {
    private static final int HOURS = 3;

    @Test
    void aSteadyRiseIsItsSlopeTimesTheHours() {
        Rise rise = rise(newestFirst(40, 30, 20, 10), calm(20)).orElseThrow();

        assertThat(rise.amount()).isEqualTo(30, within(1e-9));
        assertThat(rise.noise()).isEqualTo(1.4826 * 2, within(1e-9));
        assertThat(rise.exceeds(30, 10)).isTrue();
        assertThat(rise.exceeds(30.1, 10)).as("too small").isFalse();
        assertThat(rise.exceeds(30, 10.2)).as("within the noise").isFalse();
    }

    @Test
    void oneOddHourMakesNoRise() {
        assertThat(rise(newestFirst(300, 10, 10, 10), calm(20)).orElseThrow().amount())
                .as("three of the six slopes are level")
                .isLessThanOrEqualTo(150);
        assertThat(rise(newestFirst(10, 300, 10, 10), calm(20)).orElseThrow().amount())
                .isEqualTo(0, within(1e-9));
    }

    @Test
    void aRestlessStationHasToRiseFurther() {
        List<@Nullable BigDecimal> restless = new ArrayList<>();
        for (int hour = 0; hour < 20; hour++) {
            restless.add(BigDecimal.valueOf(hour % 2 == 0 ? 10 : 60));
        }
        Rise rise = rise(newestFirst(90, 60, 30, 10), restless).orElseThrow();

        assertThat(rise.noise()).isEqualTo(1.4826 * 50, within(1e-9));
        assertThat(rise.exceeds(20, 1)).isTrue();
        assertThat(rise.exceeds(20, 4)).isFalse();
    }

    @Test
    void tooLittleIsKnownWithoutTheNewestOrAQuarterOfTheHoursOrAHistory() {
        assertThat(rise(newestFirst(null, 30, 20, 10), calm(20))).isEmpty();
        assertThat(rise(newestFirst(40, null, 20, 10), calm(20))).isPresent();
        assertThat(rise(newestFirst(40, null, null, 10), calm(20))).isEmpty();
        assertThat(rise(newestFirst(40, 30, 20, 10), calm(HOURS + 6))).isPresent();
        assertThat(rise(newestFirst(40, 30, 20, 10), calm(HOURS + 5))).isEmpty();
    }

    private static Optional<Rise> rise(List<@Nullable BigDecimal> risen, List<? extends @Nullable BigDecimal> before) {
        List<@Nullable BigDecimal> series = new ArrayList<>(risen);
        series.addAll(before);
        series.addAll(Collections.nCopies(RecentHours.REMEMBERED - series.size(), null));
        return Rise.of(series, HOURS);
    }

    /** Changes by 2 within three hours. */
    private static List<BigDecimal> calm(int hours) {
        List<BigDecimal> calm = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            calm.add(BigDecimal.valueOf(hour % 2 == 0 ? 10 : 12));
        }
        return calm;
    }

    private static List<@Nullable BigDecimal> newestFirst(@Nullable Integer... values) {
        List<@Nullable BigDecimal> series = new ArrayList<>();
        for (@Nullable Integer value : values) {
            series.add(value == null ? null : BigDecimal.valueOf(value));
        }
        return series;
    }
}
