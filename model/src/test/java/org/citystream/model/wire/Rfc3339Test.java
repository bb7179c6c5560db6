package org.citystream.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way gives what the JDK gives. */
class Rfc3339Test {
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    private static long millis(String text) {
        return Rfc3339.millis(("<" + text + ">").toCharArray(), 1, text.length());
    }

    @Test
    void everyDayOfTheCalendarIsReadAndWrittenAsTheJdkDoes() {
        for (Instant day = YEAR_0; day.isBefore(YEAR_10000); day = day.plus(1, ChronoUnit.DAYS)) {
            String text = day.toString();
            if (millis(text) != day.toEpochMilli() || !Rfc3339.text(day).equals(text)) {
                fail(text + " is read as " + millis(text) + " and written as " + Rfc3339.text(day));
            }
        }
    }

    @Test
    void timesOfAnyPrecisionAreReadAndWrittenAsTheJdkDoes() {
        SplittableRandom random = new SplittableRandom(4711);
        for (int i = 0; i < 200_000; i++) {
            long second = random.nextLong(YEAR_0.getEpochSecond(), YEAR_10000.getEpochSecond());
            int nanos = random.nextInt(1_000_000_000);
            int unit = (int) Math.pow(10, random.nextInt(10));
            Instant time = Instant.ofEpochSecond(second, nanos / unit * unit);
            assertThat(Rfc3339.text(time)).isEqualTo(time.toString());
            assertThat(millis(time.toString())).as(time.toString()).isEqualTo(time.toEpochMilli());
            assertThat(Rfc3339.instant(time.toString())).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T08:15:30+01:00",
                "2026-11-23T08:15:30.5Z",
                "2024-02-29T00:00:00Z",
                "2026-11-23T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-11-23t08:15:30z",
                "+12026-11-23T08:15:30Z",
                "-0001-11-23T08:15:30Z",
                "1969-12-31T23:59:59.999999999Z"
            })
    void unusualTimesAreReadAsTheJdkReadsThem(String text) {
        assertThat(millis(text)).isEqualTo(Instant.parse(text).toEpochMilli());
        assertThat(Rfc3339.instant(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-11-23",
                "2026-11-23T08:15:30",
                "2026-11-23T08:15Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-11-23T25:00:00Z",
                "2026-11-23T08:60:00Z",
                "2026-11-23T08:15:61Z",
                "2026-11-23T08:15:30.1234567890Z",
                "2026-11-23T08:15:30,5Z",
                "2026-11-23T08:15:30. Z",
                "2026-11-2aT08:15:30Z",
                "20a6-11-23T08:15:30Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> millis(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Rfc3339.instant(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void timesOutsideOfFourDigitYearsAreWrittenAsTheJdkWritesThem() {
        for (Instant time : new Instant[] {YEAR_10000, YEAR_0.minusSeconds(1), Instant.MAX, Instant.MIN}) {
            assertThat(Rfc3339.text(time)).isEqualTo(time.toString());
        }
    }
}
