package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.traffic.OneMinute.END;
import static org.citystream.analytics.traffic.OneMinute.START;

import java.util.List;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.Written;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long three detectors have said the same. */
class RepeatsTest {
    private static final long MINUTE = 60_000;
    private static final Detector A = Detector.onFreeway(OneMinute.SEGMENT, 100).named("loop-a");
    private static final Detector B = A.named("loop-b");
    private static final Detector C = A.named("loop-c");

    private static final OneMinute ALL = OneMinute.of(A.registered(), B.registered(), C.registered());

    private static Observation says(Detector detector, int vehicles) {
        return detector.reads(END, 60, 0, vehicles, 50, 0.1);
    }

    private static List<Cell> cells(Observation... readings) {
        return ALL.pane(readings).cells();
    }

    /** After a minute that starts so many minutes after eight. */
    private static Repeats after(Repeats before, int minute, Observation... readings) {
        return before.with(cells(readings), ALL.profile(), START.toEpochMilli() + minute * MINUTE);
    }

    private static Repeats afterAllThree() {
        return after(Repeats.NONE, 0, says(A, 10), says(B, 11), says(C, 12));
    }

    /** At the end of the fifth minute, in minutes. */
    private static long repeated(Repeats repeats, Observation said) {
        return repeats.repeatedMillis(cells(said).get(0), START.toEpochMilli() + 5 * MINUTE) / MINUTE;
    }

    @Test
    void aRunBeginsWithTheFirstOfEqualMinutes() {
        Repeats repeats = after(afterAllThree(), 4, says(A, 10), says(B, 99), says(C, 12));

        assertThat(repeated(repeats, says(A, 10))).isEqualTo(5);
        assertThat(repeated(repeats, says(B, 99)))
                .as("it said something else before")
                .isEqualTo(1);
        assertThat(repeated(repeats, says(C, 12))).isEqualTo(5);
        assertThat(repeated(Repeats.NONE, says(A, 10))).isZero();
    }

    /** Whichever of them is silent for a minute. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aDetectorThatIsSilentGoesOnWhereItWas(int onlyHeard) {
        Observation[] said = {says(A, 10), says(B, 11), says(C, 12)};
        Repeats repeats = after(afterAllThree(), 3, said[onlyHeard]);
        repeats = after(repeats, 4, said);

        assertThat(repeats.runs()).extracting(Repeats.Run::sensorId).containsExactly("loop-a", "loop-b", "loop-c");
        for (Observation each : said) {
            assertThat(repeated(repeats, each)).isEqualTo(5);
        }
    }

    @Test
    void anEmptyMinuteForgetsNothing() {
        assertThat(after(afterAllThree(), 1).runs()).hasSize(3);
    }

    /** Whether it still sends or not. */
    @Test
    void aDetectorThatHasGoneElsewhereIsForgotten() {
        OneMinute withoutB = OneMinute.of(A.registered(), C.registered());
        long next = START.toEpochMilli() + 4 * MINUTE;
        Repeats silent = afterAllThree().with(cells(says(A, 10), says(C, 12)), withoutB.profile(), next);
        Repeats sending = afterAllThree().with(cells(says(A, 10), says(B, 11), says(C, 12)), withoutB.profile(), next);

        assertThat(silent.runs()).extracting(Repeats.Run::sensorId).containsExactly("loop-a", "loop-c");
        assertThat(repeated(sending, says(A, 10))).isEqualTo(5);
        assertThat(repeated(sending, says(B, 11))).as("it begins anew").isEqualTo(1);
        assertThat(repeated(sending, says(C, 12))).isEqualTo(5);
    }

    /** What spreading a reading over its minutes rounds off is no change. */
    @ParameterizedTest
    @CsvSource({
        "100, 200, 300, true",
        "102, 198, 302, true",
        "103, 200, 300, false",
        "100, 197, 300, false",
        "100, 200, 303, false"
    })
    void equalIsWhatDiffersByRounding(long vehicles, long slowness, long occupied, boolean same) {
        Repeats.Run run = new Repeats.Run("loop-a", 0, 100, 200, 300, 0);

        assertThat(run.saysTheSameAs(new Repeats.Run("loop-a", 0, vehicles, slowness, occupied, 1)))
                .isEqualTo(same);
    }

    @Test
    void oneMeasureAloneAndAnEmptyRoadMayRepeatThemselves() {
        assertThat(after(Repeats.NONE, 0, A.reads(END, 60, 0, 10, Double.NaN, Double.NaN))
                        .runs())
                .as("a count alone")
                .isEmpty();
        assertThat(after(Repeats.NONE, 0, A.reads(END, 60, 0, 0, Double.NaN, 0)).runs())
                .as("an empty road")
                .isEmpty();
        assertThat(after(Repeats.NONE, 0, A.reads(END, 60, 0, 0, Double.NaN, 0.5))
                        .runs())
                .as("a standstill")
                .hasSize(1);
        assertThat(after(Repeats.NONE, 0, A.reads(END, 60, 0, 10, Double.NaN, 0))
                        .runs())
                .as("vehicles")
                .hasSize(1);
    }

    @Test
    void theySurviveTheirBytes() throws Exception {
        Repeats repeats = after(Repeats.NONE, 0, A.reads(END, 60, 2, 10, 50, 0.1), says(B, 11));

        assertThat(Written.through(repeats::write, Repeats::read)).isEqualTo(repeats);
        assertThat(Written.through(Repeats.NONE::write, Repeats::read))
                .as("most of the night there are none: they share it")
                .isSameAs(Repeats.NONE);
    }
}
