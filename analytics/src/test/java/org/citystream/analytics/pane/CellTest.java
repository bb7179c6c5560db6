package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one sensor lane contributes to a pane. */
class CellTest {
    private static final long BOOT = Identity.bootKey("boot-1");
    private static final long PERIOD = 60_000;

    private final Cell cell = new Cell("loop-1", 1, 2);

    private static Observation reading(long boot, long number, long... totals) {
        return new Observation("ring-1", "loop-1", 1, 1_000_000, PERIOD, boot, number, 7, totals);
    }

    private boolean registers(long boot, long number) {
        return cell.register(reading(boot, number, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 62, 63, 64, 65, 127, 128, 1_795_420_800_000L, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aReadingIsCountedOnce(long number) {
        assertThat(registers(BOOT, number)).isTrue();
        assertThat(registers(BOOT, number)).isFalse();
        assertThat(registers(BOOT, number + 1)).isTrue();
        assertThat(registers(BOOT, number - 1)).isTrue();
        assertThat(registers(BOOT, number + 64)).isTrue();
        assertThat(registers(BOOT, number)).isFalse();
    }

    @Test
    void theSameNumberOfAnotherBootIsAnotherReading() {
        assertThat(registers(BOOT, 5)).isTrue();
        assertThat(registers(Identity.bootKey("boot-2"), 5)).isTrue();
        assertThat(registers(Identity.NO_BOOT, 5)).isTrue();
        assertThat(registers(BOOT, 5)).isFalse();
        assertThat(registers(Identity.bootKey("boot-2"), 5)).isFalse();
    }

    @Test
    void aCopyRemembersWhatWasCountedAndGoesItsOwnWay() {
        cell.register(reading(BOOT, 1, 0, 0));
        cell.count(reading(BOOT, 1, 0, 0));
        cell.add(reading(BOOT, 1, 600, 60), 0, PERIOD);
        Cell copy = cell.copy();
        assertThat(copy).usingRecursiveComparison().isEqualTo(cell);

        copy.register(reading(BOOT, 2, 0, 0));
        copy.add(reading(BOOT, 2, 600, 60), 0, PERIOD);
        assertThat(registers(BOOT, 2)).isTrue();
        assertThat(cell.sum(0)).isEqualTo(600);
        assertThat(cell.measuredMillis(0)).isEqualTo(PERIOD);
    }

    @Test
    void aReadingAddsTheShareOfItsTotalsThatFallsIntoThePane() {
        cell.add(reading(BOOT, 1, 600, Observation.NOT_MEASURED), 15_000, 45_000);
        cell.add(reading(BOOT, 2, 60, 120), 0, PERIOD);

        assertThat(cell.sum(0)).isEqualTo(300 + 60);
        assertThat(cell.measuredMillis(0)).isEqualTo(30_000 + PERIOD);
        assertThat(cell.sum(1)).isEqualTo(120);
        assertThat(cell.measuredMillis(1)).isEqualTo(PERIOD);
        assertThat(cell.coveredMillis()).isEqualTo(30_000 + PERIOD);
        assertThat(cell.support()).as("whole in every pane").isEqualTo(14);
        assertThat(cell.sum(2)).as("a measure of a later program").isZero();
        assertThat(cell.measuredMillis(2)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 7, 3",
        "-100, 7, 3",
        "1, 60000, 7",
        "9000000000000000000, 60000, 1",
        "-9000000000000000000, 60000, 13"
    })
    void theSharesOfATotalAddUpToItWhateverTheCut(long total, long period, long cut) {
        assertThat(Spread.share(total, 0, cut, period) + Spread.share(total, cut, period, period))
                .isEqualTo(total);
    }

    @Test
    void aShareIsInProportion() {
        assertThat(Spread.share(600, 0, 15_000, PERIOD)).isEqualTo(150);
        assertThat(Spread.share(-600, 15_000, 30_000, PERIOD)).isEqualTo(-150);
        assertThat(Spread.share(7, 0, 1, 2)).as("rounded down").isEqualTo(3);
        assertThat(Spread.share(-7, 0, 1, 2)).isEqualTo(-4);
    }

    @Test
    void aLaterRevisionTakesThePlaceOfAnEarlierOneAndNotTheOtherWayRound() {
        assertThat(cell.revise(reading(BOOT, 2, 600, 60))).isTrue();
        assertThat(cell.revise(reading(BOOT, 2, 1, 1))).isFalse();
        assertThat(cell.revise(reading(BOOT, 1, 1, 1))).isFalse();
        assertThat(cell.sum(0)).isEqualTo(600);

        assertThat(cell.revise(reading(BOOT, 3, 900, Observation.NOT_MEASURED))).isTrue();
        assertThat(cell.sum(0)).isEqualTo(900);
        assertThat(cell.measuredMillis(0)).isEqualTo(PERIOD);
        assertThat(cell.sum(1)).as("no longer measured").isZero();
        assertThat(cell.measuredMillis(1)).isZero();
        assertThat(cell.readings()).isEqualTo(1);
        assertThat(cell.support()).isEqualTo(3);
        assertThat(cell.coveredMillis()).isEqualTo(PERIOD);
        assertThat(cell.newestObservedAt()).isEqualTo(1_000_000);
    }

    @Test
    void cellsStandBySensorThenLane() {
        Cell other = new Cell("loop-1", 2, 2);
        assertThat(cell).isLessThan(other).isLessThan(new Cell("loop-2", 0, 2)).isGreaterThan(new Cell("loop-0", 9, 2));
        assertThat(cell).isEqualTo(new Cell("loop-1", 1, 5)).isNotEqualTo(other).isNotEqualTo("loop-1");
        assertThat(cell).hasSameHashCodeAs(new Cell("loop-1", 1, 5)).doesNotHaveSameHashCodeAs(other);
    }
}
