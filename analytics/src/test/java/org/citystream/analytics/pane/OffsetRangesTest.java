package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OffsetRangesTest {
    @Test
    void aRangeGrowsToBothSidesWhateverTheOrder() {
        long[] one =
                OffsetRanges.with(OffsetRanges.with(OffsetRanges.NONE, OffsetRanges.of(2, 7)), OffsetRanges.of(2, 5));
        long[] other =
                OffsetRanges.with(OffsetRanges.with(OffsetRanges.NONE, OffsetRanges.of(2, 5)), OffsetRanges.of(2, 7));

        assertThat(one).containsExactly(2, 5, 7).isEqualTo(other);
    }

    @Test
    void partitionsStandInOrder() {
        long[] ranges = OffsetRanges.NONE;
        for (int partition : new int[] {3, 0, 2, 0}) {
            ranges = OffsetRanges.with(ranges, OffsetRanges.of(partition, 10 + partition));
        }
        assertThat(ranges).containsExactly(0, 10, 10, 2, 12, 12, 3, 13, 13);
    }

    @Test
    void takingInNeverChangesWhatIsTakenIn() {
        long[] of = OffsetRanges.of(0, 1);
        long[] ranges = OffsetRanges.with(OffsetRanges.NONE, of);
        OffsetRanges.with(ranges, OffsetRanges.of(0, 9));

        assertThat(of).containsExactly(0, 1, 1);
    }

    @Test
    void rangesAreReadAsTheyWereWritten() throws IOException {
        long[] ranges = {0, 10, 10, 2, 12, 500, 3, 1L << 40, (1L << 40) + 1};
        assertThat(copy(ranges)).isEqualTo(ranges);
        assertThat(copy(OffsetRanges.NONE)).isSameAs(OffsetRanges.NONE);
    }

    private static long[] copy(long[] ranges) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OffsetRanges.write(ranges, new DataOutputStream(bytes));
        return OffsetRanges.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
