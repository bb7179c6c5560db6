package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.analytics.sensortrust.History.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was wrong with the last 64 messages. */
class HistoryTest {
    private static History faultless(History history, int messages) {
        History next = history;
        for (int i = 0; i < messages; i++) {
            next = next.next(1000 + i, Map.of());
        }
        return next;
    }

    @Test
    void aMarkKeepsWhenItWasFirstSeenAndWhatTheNewestSaid() {
        History history = faultless(History.NONE.next(10, Map.of(Symptom.ERROR_CODE, "first")), 1)
                .next(30, Map.of(Symptom.ERROR_CODE, "second", Symptom.OUT_OF_RANGE, "other"));
        assertThat(history)
                .isEqualTo(new History(
                        3,
                        List.of(
                                new Mark(Symptom.OUT_OF_RANGE, 0b1, 30, "other"),
                                new Mark(Symptom.ERROR_CODE, 0b101, 10, "second"))));
        assertThat(history.mark(Symptom.ERROR_CODE)).map(Mark::bits).hasValue(0b101L);
        assertThat(history.mark(Symptom.SPIKE)).isEmpty();
    }

    @Test
    void aMarkIsForgottenWithItsLastMessage() {
        History history = History.NONE.next(10, Map.of(Symptom.SPIKE, "it"));
        assertThat(faultless(history, 63).marks()).containsExactly(new Mark(Symptom.SPIKE, 1L << 63, 10, "it"));
        assertThat(faultless(history, 64)).isEqualTo(new History(64, List.of()));
        assertThat(faultless(history, 100).messages()).isEqualTo(64);
    }

    /** With three marked in every row; of the first in lookback 16 messages, of spikes 64. */
    @ParameterizedTest
    @CsvSource({
        "OUT_OF_RANGE, 0, 3, true",
        "OUT_OF_RANGE, 0, 2, false",
        "OUT_OF_RANGE, 13, 3, true",
        "OUT_OF_RANGE, 14, 3, false",
        "SATURATED, 0, 9, false",
        "SATURATED, 0, 10, true",
        "SPIKE, 61, 3, true",
        "SPIKE, 62, 3, false",
        "FOREIGN_BOOT, 13, 3, true",
        "FROM_THE_FUTURE, 14, 3, false",
    })
    void enoughMessagesOfThoseLookedBackOnAreAFault(Symptom symptom, int faultlessSince, int marked, boolean shows) {
        History history = History.NONE;
        for (int i = 0; i < marked; i++) {
            history = history.next(i, Map.of(symptom, "it"));
        }
        history = faultless(history, faultlessSince);
        assertThat(history.shows(history.mark(symptom).orElseThrow(), false)).isEqualTo(shows);
    }

    @ParameterizedTest
    @CsvSource({
        "OUT_OF_RANGE, 4, true",
        "OUT_OF_RANGE, 5, false",
        "SPIKE, 19, true",
        "SPIKE, 20, false",
        "FOREIGN_BOOT, 15, true",
        "FOREIGN_BOOT, 16, false",
    })
    void whoHadAFaultNeedsFaultlessMessages(Symptom symptom, int faultlessSince, boolean shows) {
        History history = faultless(History.NONE.next(0, Map.of(symptom, "it")), faultlessSince);
        assertThat(history.shows(history.mark(symptom).orElseThrow(), true)).isEqualTo(shows);
    }

    @Test
    void countsAreOfTheMessagesLookedBackOn() {
        History history = faultless(History.NONE.next(0, Map.of(Symptom.OUT_OF_RANGE, "old")), 9)
                .next(10, Map.of(Symptom.OUT_OF_RANGE, "new"));
        Optional<Mark> mark = history.mark(Symptom.OUT_OF_RANGE);
        assertThat(history.among(Symptom.OUT_OF_RANGE)).isEqualTo(11);
        assertThat(history.count(mark.orElseThrow())).isEqualTo(2);

        History later = faultless(history, 10);
        assertThat(later.among(Symptom.OUT_OF_RANGE)).isEqualTo(16);
        assertThat(later.count(later.mark(Symptom.OUT_OF_RANGE).orElseThrow())).isEqualTo(1);
        assertThat(later.among(Symptom.SPIKE)).isEqualTo(21);
    }

    @Test
    void earlierMessagesCanBeMarkedOnceTheyAreUnderstood() {
        History history =
                faultless(History.NONE, 4).marked(Symptom.SPIKE, 0b110, 5, "a").marked(Symptom.SPIKE, 0b1000, 9, "b");
        assertThat(history).isEqualTo(new History(4, List.of(new Mark(Symptom.SPIKE, 0b1110, 5, "b"))));
    }
}
