package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cells are read as they were written, and in how many bytes: a city keeps millions of them. */
class CellsCodecTest {
    private static final long NEWEST = 1_000;
    private static final int MINUTE = 60_000;
    /** How many cells, how many measures, and in two bytes the newest time. */
    private static final int HEAD = 4;
    /** Flags, id with its length, support, age, covered seconds, and three sums. */
    private static final int USUAL = 1 + 2 + 1 + 1 + 1 + 3;

    /** One reading of a minute without a boot, all measures known of the whole minute. */
    private static Cell usual() {
        return usual(0, 5, 7, 9);
    }

    private static Cell usual(int lane, long... sums) {
        long[] measured = new long[sums.length];
        Arrays.fill(measured, MINUTE);
        Cell cell = new Cell("s", lane, sums, measured);
        cell.readings = 1;
        cell.support = 2;
        cell.newestObservedAt = NEWEST;
        cell.coveredMillis = MINUTE;
        cell.seen = SeenCodec.only(NEWEST);
        return cell;
    }

    /** What a cell has that the usual one has not, and the bytes that it takes more or less. */
    record Case(String what, int bytes, Consumer<Cell> made) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static void unknown(Cell cell, int measure) {
        cell.sums[measure] = 0;
        cell.measuredMillis[measure] = 0;
    }

    private static void sums(Cell cell, long... sums) {
        System.arraycopy(sums, 0, cell.sums, 0, sums.length);
    }

    static List<Case> cases() {
        return List.of(
                new Case("nothing", 0, cell -> {}),
                new Case("two readings, counted in a byte", 1, cell -> cell.readings = 2),
                new Case("support above 63", 1, cell -> cell.support = 64),
                new Case("support of the one reading alone is written while all is even", 0, cell -> cell.support = 1),
                new Case("identities: count, boot, word, number", 11, cell -> cell.seen = new long[] {77, 3, 1}),
                new Case("the second measure is the first", -1, cell -> cell.sums[1] = 5),
                new Case("the third is the first: no byte less", 0, cell -> cell.sums[2] = 5),
                new Case("milliseconds: 60,001 takes three bytes instead of one", 2, cell -> {
                    cell.coveredMillis = 60_001;
                    Arrays.fill(cell.measuredMillis, 60_001);
                }),
                // A second byte of flags and one to say which, for the sum that is left out.
                new Case("one measure unknown", 1, cell -> unknown(cell, 2)),
                new Case("all unknown", -1, cell -> {
                    unknown(cell, 0);
                    unknown(cell, 1);
                    unknown(cell, 2);
                }),
                new Case("one unknown, of one vehicle a reading", 0, cell -> {
                    unknown(cell, 2);
                    cell.support = 1;
                }),
                // Which are unknown, which are known all the time, and 30,000 in three bytes.
                new Case("one known half of the time", 5, cell -> cell.measuredMillis[2] = 30_000),
                // The same, 30,000 and a second byte of flags, for the support.
                new Case("one known half of the time, of one vehicle", 5, cell -> {
                    cell.measuredMillis[2] = 30_000;
                    cell.support = 1;
                }),
                // 2,000 is two and three zeros, a byte; the sums are one and two of it.
                new Case("thousands beside an unknown", 2, cell -> {
                    sums(cell, 2_000, 4_000);
                    unknown(cell, 2);
                }),
                // 2,000 takes two bytes, and so do 3,000 and 4,000.
                new Case("thousands known all the time are not divided", 3, cell -> sums(cell, 2_000, 3_000, 4_000)),
                // No age, and a newest time of one byte; a second byte of flags, and the count of identities.
                new Case("a pane that a reading only reaches into", 0, cell -> {
                    cell.readings = 0;
                    cell.newestObservedAt = Long.MIN_VALUE;
                    cell.seen = new long[0];
                }),
                // Known all the time, none of it: the sums are written but the second, which is the first.
                new Case("nothing was covered", -1, cell -> {
                    cell.coveredMillis = 0;
                    unknown(cell, 0);
                    unknown(cell, 1);
                    unknown(cell, 2);
                    cell.support = 0;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aCellTakesTheBytesThatItNeeds(Case which) {
        Cell cell = usual();
        which.made.accept(cell);
        byte[] bytes = CellsCodec.write(List.of(cell));

        assertThat(CellsCodec.read(bytes)).usingRecursiveComparison().isEqualTo(List.of(cell));
        assertThat(bytes).hasSize(HEAD + USUAL + which.bytes);
    }

    @Test
    void aLaneTakesAByteAndFurtherLanesOfASensorNotItsId() {
        List<Cell> cells = List.of(usual(1, 5, 7, 9), usual(2, 5, 7, 9), usual(3, 5, 7, 9));
        byte[] bytes = CellsCodec.write(cells);

        assertThat(CellsCodec.read(bytes)).usingRecursiveComparison().isEqualTo(cells);
        assertThat(bytes).hasSize(HEAD + 3 * (USUAL + 1) - 2 * 2);
    }

    @Test
    void timesAreToldFromTheNewest() {
        Cell older = usual();
        older.newestObservedAt = NEWEST - 127;
        older.seen = SeenCodec.only(older.newestObservedAt);
        Cell newest = usual(1, 5, 7, 9);
        byte[] bytes = CellsCodec.write(List.of(older, newest));

        assertThat(CellsCodec.read(bytes)).usingRecursiveComparison().isEqualTo(List.of(older, newest));
        assertThat(bytes).hasSize(HEAD + USUAL + (USUAL + 1 - 2));
    }

    @Test
    void measuresThatANewerProgramHasAddedAreUnknownOfOlderCells() {
        Cell older = usual(0, 5, 7);
        Cell newer = usual(1, 5, 7, 9, 11);
        List<Cell> read = CellsCodec.read(CellsCodec.write(List.of(older, newer)));

        assertThat(read.get(0).sums).containsExactly(5, 7, 0, 0);
        assertThat(read.get(0).measuredMillis).containsExactly(MINUTE, MINUTE, 0, 0);
        assertThat(read.get(1)).usingRecursiveComparison().isEqualTo(newer);
    }

    @Test
    void aCellOfOneMeasureHasNoSecond() {
        Cell cell = usual(0, 5);
        byte[] bytes = CellsCodec.write(List.of(cell));

        assertThat(CellsCodec.read(bytes)).usingRecursiveComparison().isEqualTo(List.of(cell));
        assertThat(bytes).hasSize(HEAD + USUAL - 2);
    }

    @Test
    void noBytesAreNoCellsAndTooFewAreRefused() {
        assertThat(CellsCodec.read(new byte[0])).isEmpty();
        byte[] bytes = CellsCodec.write(List.of(usual()));
        assertThatThrownBy(() -> CellsCodec.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no cells");
    }

    @Test
    void cellsThatWereReadTakeMoreIn() {
        List<Cell> none = CellsCodec.read(new byte[0]);
        none.add(usual());
        assertThat(none).hasSize(1);
    }
}
