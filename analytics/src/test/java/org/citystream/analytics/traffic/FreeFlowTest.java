package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.citystream.analytics.pane.Written;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Free flow of a street that nobody has configured. */
class FreeFlowTest {
    private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
    /** 09:00 in Copenhagen. */
    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private static FreeFlow learn(FreeFlow before, Instant from, int minutes, double speedKmh) {
        FreeFlow freeFlow = before;
        for (int i = 0; i < minutes; i++) {
            Instant start = from.plusSeconds(60L * i);
            freeFlow = freeFlow.at(start, COPENHAGEN).with(speedKmh, start, start.plusSeconds(60), COPENHAGEN);
        }
        return freeFlow;
    }

    @Test
    void thirtySamplesTakeEffectAsProvisionalAtTheNextFullHour() {
        FreeFlow freeFlow = learn(FreeFlow.NOTHING, MORNING, 29, 48.4);
        assertThat(freeFlow.nextAt()).isEqualTo(Long.MAX_VALUE);

        freeFlow = learn(freeFlow, MORNING.plusSeconds(29 * 60), 1, 48.4);
        assertThat(freeFlow.at(MORNING.plusSeconds(59 * 60), COPENHAGEN).baseline())
                .isNull();

        FreeFlow hour = freeFlow.at(MORNING.plusSeconds(3600), COPENHAGEN);
        assertThat(hour.baseline()).isEqualTo(FreeFlow.PROVISIONAL);
        assertThat(hour.speedKmh()).isEqualTo(48);
    }

    @Test
    void nightSpeedsTakeEffectAtTheNextLocalMidnight() {
        FreeFlow freeFlow = learn(FreeFlow.NOTHING, MORNING, 120, 30);
        // 22:30 to 23:30 local
        freeFlow = learn(freeFlow, Instant.parse("2026-11-23T21:30:00Z"), 60, 55);
        Instant beforeMidnight = Instant.parse("2026-11-23T22:59:00Z");
        assertThat(freeFlow.at(beforeMidnight, COPENHAGEN).speedKmh()).isEqualTo(30);

        FreeFlow midnight = freeFlow.at(beforeMidnight.plusSeconds(60), COPENHAGEN);
        assertThat(midnight.baseline()).isEqualTo(FreeFlow.LEARNED);
        assertThat(midnight.speedKmh()).isEqualTo(55);
        assertThat(Instant.ofEpochMilli(midnight.nextAt())).isEqualTo(Instant.parse("2026-11-24T23:00:00Z"));
    }

    @Test
    void itIsTheEightyFifthPercentile() {
        FreeFlow freeFlow = learn(learn(FreeFlow.NOTHING, MORNING, 84, 40), MORNING.plusSeconds(84 * 60), 16, 60);

        assertThat(freeFlow.at(MORNING.plus(Duration.ofHours(24)), COPENHAGEN).speedKmh())
                .isEqualTo(60);
        assertThat(IntegerHistogram.EMPTY.with(10).percentile(85)).isEqualTo(10);
    }

    @Test
    void whatWasLearnedIsForgottenAfterThirtySilentDays() {
        FreeFlow freeFlow = learn(FreeFlow.NOTHING, MORNING, 120, 50);

        assertThat(freeFlow.at(MORNING.plus(Duration.ofDays(29)), COPENHAGEN).speedKmh())
                .isEqualTo(50);
        assertThat(freeFlow.at(MORNING.plus(Duration.ofDays(31)), COPENHAGEN)).isEqualTo(FreeFlow.NOTHING);
    }

    private static IntegerHistogram samples(int count, double speedKmh) {
        IntegerHistogram histogram = IntegerHistogram.EMPTY;
        for (int i = 0; i < count; i++) {
            histogram = histogram.with(speedKmh);
        }
        return histogram;
    }

    /** Due in the morning, with this many samples at 40 and, of nights, at 55 km/h. */
    private static FreeFlow due(int all, int night) {
        return new FreeFlow(
                samples(all, 40), samples(night, 55), 50, 20, false, MORNING.toEpochMilli(), MORNING.toEpochMilli());
    }

    @Test
    void itIsRememberedForThirtyDaysToTheMillisecond() {
        Instant lastMoment = MORNING.plus(Duration.ofDays(30));

        assertThat(due(30, 0).at(lastMoment, COPENHAGEN).speedKmh()).isEqualTo(40);
        assertThat(due(30, 0).at(lastMoment.plusMillis(1), COPENHAGEN)).isEqualTo(FreeFlow.NOTHING);
    }

    @Test
    void itIsWorkedOutAtTheMomentItIsDue() {
        assertThat(due(30, 0).at(MORNING.minusMillis(1), COPENHAGEN).speedKmh()).isEqualTo(50);
        assertThat(due(30, 0).at(MORNING, COPENHAGEN).speedKmh()).isEqualTo(40);
        assertThat(due(30, 0).at(MORNING, COPENHAGEN).slowKmh()).isEqualTo(40);
    }

    @Test
    void thirtyNightSamplesMakeItLearned() {
        FreeFlow tooFew = due(60, 29).at(MORNING, COPENHAGEN);
        assertThat(tooFew.baseline()).isEqualTo(FreeFlow.PROVISIONAL);
        assertThat(tooFew.speedKmh()).isEqualTo(40);

        FreeFlow enough = due(60, 30).at(MORNING, COPENHAGEN);
        assertThat(enough.baseline()).isEqualTo(FreeFlow.LEARNED);
        assertThat(enough.speedKmh()).isEqualTo(55);
        assertThat(enough.slowKmh()).isEqualTo(40);
    }

    @Test
    void fewerThanThirtySamplesChangeNothing() {
        FreeFlow before = due(29, 0).at(MORNING, COPENHAGEN);

        assertThat(before.speedKmh()).isEqualTo(50);
        assertThat(before.slowKmh()).isEqualTo(20);
    }

    @Test
    void ofMoreThanSixThousandSamplesHalfAreForgotten() {
        FreeFlow kept = due(6000, 6000).at(MORNING, COPENHAGEN);
        assertThat(kept.all().size()).isEqualTo(6000);
        assertThat(kept.night().size()).isEqualTo(6000);

        FreeFlow halved = due(6001, 6001).at(MORNING, COPENHAGEN);
        assertThat(halved.all().size()).isEqualTo(3000);
        assertThat(halved.night().size()).isEqualTo(3000);
    }

    /** Local time. */
    @ParameterizedTest
    @CsvSource({"21:59, 0", "22:00, 1", "23:59, 1", "00:00, 1", "04:59, 1", "05:00, 0"})
    void theNightIsFromTenToFive(LocalTime time, int nightSamples) {
        Instant start =
                LocalDate.of(2026, 11, 23).atTime(time).atZone(COPENHAGEN).toInstant();
        FreeFlow freeFlow = learn(FreeFlow.NOTHING, start, 1, 50);

        assertThat(freeFlow.night().size()).isEqualTo(nightSamples);
        assertThat(freeFlow.all().size()).isEqualTo(1);
    }

    @Test
    void furtherSamplesDoNotPutOffWhatIsDue() {
        FreeFlow enough = learn(FreeFlow.NOTHING, MORNING, 30, 48);
        FreeFlow more = enough.with(48, MORNING.plusSeconds(7200), MORNING.plusSeconds(7260), COPENHAGEN);

        assertThat(Instant.ofEpochMilli(more.nextAt())).isEqualTo(MORNING.plusSeconds(3600));
    }

    @Test
    void itSurvivesItsBytes() throws Exception {
        FreeFlow read = Written.through(due(6, 4)::write, FreeFlow::read);

        assertThat(read).usingRecursiveComparison().isEqualTo(due(6, 4));
    }
}
