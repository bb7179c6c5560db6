package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.sensortrust.Arrivals.Behind;
import org.citystream.analytics.sensortrust.Arrivals.Lag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When messages come in, and what that says of upload intervals and clocks; times in ms from minute 0. */
class ArrivalsTest {
    private static final long MINUTE = 60_000;
    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);

    /** Readings that arrive as they are measured, so many seconds apart. */
    private static Arrivals uploads(long... gapsSeconds) {
        long at = 0;
        Arrivals arrivals = Arrivals.NONE.next(at, at, Long.MIN_VALUE);
        for (long gap : gapsSeconds) {
            long before = at;
            at += gap * 1000;
            arrivals = arrivals.next(at, at, before);
        }
        return arrivals;
    }

    @Test
    void anIntervalIsLearnedFromSixGapsAndNoFewer() {
        assertThat(uploads(60, 60, 60, 60, 60).learnedInterval()).isEmpty();
        assertThat(uploads(60, 61, 62, 63, 64, 65).learnedInterval()).hasValue(Duration.ofSeconds(64));
        assertThat(uploads(60, 60, 3600, 60, 60, 60).learnedInterval())
                .as("one pause does not count")
                .hasValue(EVERY_MINUTE);
    }

    @Test
    void noIntervalIsLearnedThatIsShorterThanTenSeconds() {
        assertThat(uploads(1, 1, 1, 1, 1, 1).learnedInterval()).hasValue(Duration.ofSeconds(10));
        assertThat(uploads(11, 11, 11, 11, 11, 11).learnedInterval()).hasValue(Duration.ofSeconds(11));
    }

    @Test
    void theLastEightGapsAreRemembered() {
        assertThat(uploads(1, 2, 3, 4, 5, 6, 7, 8, 9).gapsMillis())
                .containsExactly(2000L, 3000L, 4000L, 5000L, 6000L, 7000L, 8000L, 9000L);
    }

    /** After a message of minute 0 that came at once. */
    @ParameterizedTest
    @CsvSource({
        "30000, 60000, true",
        "29999, 60000, false",
        "60000, 0, false",
        "60000, 1, true",
        "60000, -60000, false",
    })
    void readingsCloserInArrivalThanInTimeAreOneUploadAndWhatIsNotNewerIsNone(
            long arrivesAfter, long newerBy, boolean isUpload) {
        Arrivals arrivals = Arrivals.NONE.next(0, 0, Long.MIN_VALUE).next(arrivesAfter, newerBy, 0);
        assertThat(arrivals.gapsMillis()).isEqualTo(isUpload ? List.of(arrivesAfter) : List.of());
        assertThat(arrivals.lastMillis()).isEqualTo(arrivesAfter);
    }

    @Test
    void thereIsNoGapBeforeASecondReading() {
        assertThat(Arrivals.NONE.next(MINUTE, MINUTE, Long.MIN_VALUE).gapsMillis())
                .isEmpty();
        Arrivals refused = Arrivals.NONE.heard(MINUTE);
        assertThat(refused).isEqualTo(new Arrivals(MINUTE, List.of(), List.of()));
        assertThat(refused.next(2 * MINUTE, 2 * MINUTE, Long.MIN_VALUE).gapsMillis())
                .isEmpty();
        assertThat(refused.heard(0).lastMillis())
                .as("the newest message stays the newest")
                .isEqualTo(MINUTE);
    }

    @Test
    void ofEveryMinuteTheYoungestReadingCounts() {
        Arrivals arrivals = Arrivals.NONE
                .next(0, -5000, Long.MIN_VALUE)
                .next(20_000, 18_000, -5000)
                .next(59_999, 50_000, 18_000)
                .next(MINUTE, 52_000, 50_000)
                .next(59_000, 53_000, 52_000);
        assertThat(arrivals.lags()).containsExactly(new Lag(0, 2000), new Lag(1, 6000));
        assertThat(arrivals.lastMillis()).isEqualTo(MINUTE);
    }

    @Test
    void theLastTenMinutesAreRemembered() {
        Arrivals arrivals = Arrivals.NONE;
        for (int minute = 0; minute <= 10; minute++) {
            arrivals = arrivals.next(minute * MINUTE, minute * MINUTE, Long.MIN_VALUE);
        }
        assertThat(arrivals.lags()).hasSize(10).startsWith(new Lag(1, 0)).endsWith(new Lag(10, 0));
    }

    private static Arrivals lagging(Lag... lags) {
        return new Arrivals(0, List.of(), List.of(lags));
    }

    @Test
    void aClockIsBehindWhenThreeMinutesOverFiveHadNothingYoung() {
        assertThat(lagging(new Lag(10, 130_000), new Lag(12, 125_000), new Lag(15, 140_000))
                        .behind(0, EVERY_MINUTE))
                .hasValue(new Behind(125_000, 10 * MINUTE));
        assertThat(lagging(new Lag(10, 130_000), new Lag(12, 125_000), new Lag(14, 140_000))
                        .behind(0, EVERY_MINUTE))
                .as("over four minutes")
                .isEmpty();
        assertThat(lagging(new Lag(10, 130_000), new Lag(15, 140_000)).behind(0, EVERY_MINUTE))
                .as("two minutes")
                .isEmpty();
        assertThat(Arrivals.NONE.behind(0, EVERY_MINUTE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"60, 120000, false", "60, 120001, true", "30, 120000, false", "120, 240000, false", "120, 240001, true"
    })
    void twoIntervalsAndAtLeastTwoMinutesAreTolerated(long intervalSeconds, long lag, boolean behind) {
        assertThat(lagging(new Lag(10, lag), new Lag(12, lag), new Lag(15, lag))
                        .behind(0, Duration.ofSeconds(intervalSeconds))
                        .isPresent())
                .isEqualTo(behind);
    }

    @Test
    void aYoungReadingEndsItAndWhatCameBeforeOurIntakeSaysNothing() {
        List<Lag> lags = new ArrayList<>();
        for (int minute = 0; minute < 10; minute++) {
            lags.add(new Lag(minute, minute == 3 ? 0 : 200_000 + minute));
        }
        Arrivals arrivals = new Arrivals(0, List.of(), lags);
        assertThat(arrivals.behind(0, EVERY_MINUTE)).hasValue(new Behind(200_004, 4 * MINUTE));
        assertThat(arrivals.behind(4 * MINUTE + 59_999, EVERY_MINUTE)).isPresent();
        assertThat(arrivals.behind(5 * MINUTE, EVERY_MINUTE))
                .as("four minutes are left")
                .isEmpty();
    }
}
