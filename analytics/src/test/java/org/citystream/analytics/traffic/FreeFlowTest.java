package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

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
}
