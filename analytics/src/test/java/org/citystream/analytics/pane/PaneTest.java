package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PaneTest {
    private final Pane pane = new Pane();

    private static Observation reading(String sensorId, int lane, long observedAt) {
        return new Observation(
                "ring-1", sensorId, lane, observedAt, 60_000, Identity.NO_BOOT, observedAt, 1, new long[] {5});
    }

    private static void count(Pane pane, Observation reading) {
        Cell cell = pane.cell(reading);
        cell.register(reading);
        cell.count(reading);
        cell.add(reading, 0, reading.periodMillis());
    }

    private void three() {
        count(pane, reading("loop-2", 1, 3_000));
        count(pane, reading("loop-1", 2, 1_000));
        count(pane, reading("loop-1", 1, 2_000));
    }

    @Test
    void cellsStandInOrderHoweverReadingsArrive() {
        three();
        count(pane, reading("loop-1", 1, 2_500));
        assertThat(pane.cells())
                .extracting(cell -> cell.sensorId() + " lane " + cell.laneId() + " " + cell.readings())
                .containsExactly("loop-1 lane 1 2", "loop-1 lane 2 1", "loop-2 lane 1 1");
        assertThat(pane.readings()).isEqualTo(4);
        assertThat(pane.newestObservedAt()).isEqualTo(3_000);
    }

    @Test
    void aPaneOfNobodyIsEmptyPackedOrNot() {
        assertThat(pane.isEmpty()).isTrue();
        assertThat(pane.packed().isEmpty()).isTrue();
        assertThat(pane.newestObservedAt()).isEqualTo(Long.MIN_VALUE);
        three();
        assertThat(pane.isEmpty()).isFalse();
        assertThat(pane.packed().isEmpty()).isFalse();
    }

    @Test
    void packingChangesNothingThatIsSaid() {
        three();
        pane.revision = 3;
        pane.toldHash = 77;
        pane.late = 2;
        pane.offsets = OffsetRanges.of(1, 9);
        Pane packed = pane.packed();

        assertThat(packed.isPacked()).isTrue();
        assertThat(packed.packed()).isSameAs(packed);
        Pane opened = packed.open();
        assertThat(opened.isPacked()).isFalse();
        assertThat(opened.open()).isSameAs(opened);
        assertThat(opened).usingRecursiveComparison().isEqualTo(pane);
        assertThat(packed.cells()).isEqualTo(pane.cells());
        assertThat(packed.readings()).isEqualTo(3);
        assertThatThrownBy(() -> packed.cell(reading("loop-1", 1, 1))).hasMessageContaining("packed");
    }

    @Test
    void aCopySharesNothingThatChanges() {
        three();
        pane.offsets = OffsetRanges.of(1, 9);
        Pane copy = pane.copy();
        assertThat(copy).usingRecursiveComparison().isEqualTo(pane);
        count(copy, reading("loop-1", 1, 9_000));
        OffsetRanges.with(copy.offsets, OffsetRanges.of(1, 99));

        assertThat(pane.newestObservedAt()).isEqualTo(3_000);
        assertThat(pane.offsets).containsExactly(1, 9, 9);
        assertThat(pane.packed().copy()).usingRecursiveComparison().isEqualTo(pane.packed());
    }

    @Test
    void someSensorsMayBeLeftOut() {
        three();
        assertThat(pane.only(sensor -> true)).isSameAs(pane);
        assertThat(pane.only(Set.of("loop-1")::contains).cells())
                .extracting(Cell::sensorId)
                .containsExactly("loop-1", "loop-1");
        assertThat(pane.only(sensor -> false).isEmpty()).isTrue();
    }
}
