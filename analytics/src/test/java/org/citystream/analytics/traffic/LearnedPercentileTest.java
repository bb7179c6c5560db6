package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.citystream.analytics.pane.Written;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Percentiles of whole numbers, and when what is learned takes effect. */
class LearnedPercentileTest {
    private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    /** In Copenhagen. */
    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T23:00:00Z");

    private static IntegerHistogram histogram(int samples, double value) {
        return histogram(IntegerHistogram.EMPTY, samples, value);
    }

    private static IntegerHistogram histogram(IntegerHistogram before, int samples, double value) {
        IntegerHistogram histogram = before;
        for (int i = 0; i < samples; i++) {
            histogram = histogram.with(value);
        }
        return histogram;
    }

    private static LearnedPercentile learned(int samples, Instant end) {
        LearnedPercentile percentile = LearnedPercentile.NONE;
        for (int i = 0; i < samples; i++) {
            percentile = percentile.with(67, end, 30);
        }
        return percentile;
    }

    /** Of ten samples at 40 and ten at 60. */
    @ParameterizedTest
    @CsvSource({"5, 40", "50, 40", "51, 60", "85, 60", "100, 60"})
    void aPercentileIsTheLeastThatEnoughSamplesDoNotExceed(int percent, int expected) {
        assertThat(histogram(histogram(10, 40), 10, 60).percentile(percent)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-3, 0", "0.4, 0", "0.5, 1", "249.6, 250", "251, 250"})
    void samplesAreWholeNumbersUpTo250(double sample, int counted) {
        assertThat(histogram(1, sample).percentile(50)).isEqualTo(counted);
    }

    @Test
    void ofNothingThereIsNoPercentile() {
        assertThatThrownBy(() -> IntegerHistogram.EMPTY.percentile(50)).isInstanceOf(IllegalStateException.class);
    }

    /** Of 5 and 3 and 1 samples 2 and 1 and 0 are left. */
    @Test
    void halvingForgetsHalfOfEachValue() {
        IntegerHistogram half =
                histogram(histogram(histogram(5, 40), 3, 60), 1, 80).halved();

        assertThat(half.size()).isEqualTo(3);
        assertThat(half.percentile(66)).isEqualTo(40);
        assertThat(half.percentile(67)).isEqualTo(60);
        assertThat(half.percentile(100)).isEqualTo(60);
    }

    @Test
    void itTakesEffectAtTheMomentItIsDue() {
        LearnedPercentile percentile = new LearnedPercentile(histogram(30, 67), 50, NINE.toEpochMilli());

        assertThat(percentile.at(NINE.minusMillis(1), COPENHAGEN, 50).value()).isEqualTo(50);
        LearnedPercentile due = percentile.at(NINE, COPENHAGEN, 50);
        assertThat(due.value()).isEqualTo(67);
        assertThat(due.nextAt()).isEqualTo(MIDNIGHT.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({"6000, 6000", "6001, 3000"})
    void ofMoreThanSixThousandSamplesHalfAreForgotten(int samples, int kept) {
        LearnedPercentile percentile = new LearnedPercentile(histogram(samples, 67), 67, NINE.toEpochMilli());

        assertThat(percentile.at(NINE, COPENHAGEN, 50).samples().size()).isEqualTo(kept);
    }

    @Test
    void theFirstTimeIsTheFullHourAfterEnoughSamples() {
        assertThat(learned(29, NINE.minusSeconds(60)).nextAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(learned(30, NINE.minusSeconds(60)).nextAt()).isEqualTo(NINE.toEpochMilli());
        assertThat(learned(30, NINE).nextAt())
                .as("an hour that ends here is full")
                .isEqualTo(NINE.toEpochMilli());
        assertThat(learned(30, NINE.plusMillis(1)).nextAt())
                .isEqualTo(NINE.plusSeconds(3600).toEpochMilli());
    }

    @Test
    void furtherSamplesDoNotPutItOff() {
        LearnedPercentile percentile = learned(30, NINE.minusSeconds(60));

        assertThat(percentile.with(67, NINE.plusSeconds(60), 30).nextAt()).isEqualTo(NINE.toEpochMilli());
    }

    @Test
    void itSurvivesItsBytes() throws Exception {
        LearnedPercentile percentile =
                new LearnedPercentile(histogram(histogram(5, 40), 3, 60), 47, NINE.toEpochMilli());
        LearnedPercentile read = Written.through(percentile::write, LearnedPercentile::read);

        assertThat(read.value()).isEqualTo(47);
        assertThat(read.nextAt()).isEqualTo(NINE.toEpochMilli());
        assertThat(read.samples().size()).isEqualTo(8);
        assertThat(read.samples().percentile(62)).isEqualTo(40);
        assertThat(read.samples().percentile(63)).isEqualTo(60);

        LearnedPercentile none = Written.through(LearnedPercentile.NONE::write, LearnedPercentile::read);
        assertThat(none.isKnown()).isFalse();
        assertThat(percentile.isKnown()).isTrue();
    }
}
