package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Which minutes of a road segment corrections may start from: every quarter of an hour of the last half hour, and further back
 * a quarter of the 245 minutes that readings can reach, which is 61.
 */
class MarksTest {
    private static final long MINUTE = 60_000;

    private final Marks marks = new Marks(PaneTiming.TRAFFIC);
    private final HeapMemory<Long> memory = new HeapMemory<>();
    private final KeyState<Long> state = new KeyState<>(Folded.nothing(0L));

    private void mark(long minute, long to) {
        marks.mark(memory, state, new Folded<>(minute, minute * MINUTE, Long.MIN_VALUE), to * MINUTE);
    }

    private List<Long> minutes() {
        List<Long> minutes = new ArrayList<>();
        for (long mark : state.marks) {
            assertThat(memory.mark(mark)).isNotNull();
            minutes.add(mark / MINUTE);
        }
        return minutes;
    }

    @Test
    void quartersOfTheLastHalfHourStandAndFewOfWhatLiesFurtherBack() {
        for (long minute = 0; minute <= 165; minute++) {
            mark(minute, minute);
            if (minute == 30) {
                assertThat(minutes()).containsExactly(0L, 15L, 30L);
            }
            if (minute == 105) {
                assertThat(minutes()).containsExactly(0L, 75L, 90L, 105L);
            }
        }
        assertThat(minutes()).containsExactly(0L, 75L, 135L, 150L, 165L);
        assertThat(memory.mark(90 * MINUTE)).as("left out, and not kept").isNull();
        assertThat(memory.mark(135 * MINUTE)).extracting(Folded::state).isEqualTo(135L);
    }

    @Test
    void aRunThroughWhatIsLongPastKeepsFew() {
        for (long minute = 10; minute <= 130; minute++) {
            mark(minute, 1000);
        }
        assertThat(minutes()).containsExactly(10L, 61L, 122L);
    }

    @Test
    void halfAnHourAgoIsNotRecentAnyMore() {
        mark(950, 1000);
        mark(970, 1000);
        assertThat(minutes()).as("in the same 61 minutes").containsExactly(950L);
        mark(971, 1000);
        assertThat(minutes()).containsExactly(950L, 971L);
    }

    @Test
    void aRunIsWorthAMarkWhereItPassesAQuarter() {
        assertThat(marks.isDueBetween(14 * MINUTE, 15 * MINUTE)).isTrue();
        assertThat(marks.isDueBetween(15 * MINUTE, 29 * MINUTE)).isFalse();
        assertThat(marks.isDueBetween(0, 300 * MINUTE)).isTrue();
        assertThat(marks.isDueBetween(-MINUTE, 0)).isTrue();
    }

    @Test
    void aCorrectionStartsAtTheNewestMarkThatIsNotLater() {
        Marks.keep(memory, state, new Folded<>(1L, 100, 0));
        Marks.keep(memory, state, new Folded<>(2L, 200, 0));
        Marks.keep(memory, state, new Folded<>(3L, 200, 0));

        assertThat(state.marks).as("one is kept").containsExactly(100L, 200L);
        assertThat(startsFrom(200)).isEqualTo(2);
        assertThat(startsFrom(199)).isEqualTo(1);
        assertThat(startsFrom(100)).isEqualTo(1);
        assertThat(Marks.newestUpTo(memory, state, 99)).isNull();
    }

    private long startsFrom(long moment) {
        return Objects.requireNonNull(Marks.newestUpTo(memory, state, moment)).state();
    }

    @Test
    void whatIsRemovedIsGoneFromMemoryToo() {
        Marks.keep(memory, state, new Folded<>(1L, 100, 0));
        Marks.keep(memory, state, new Folded<>(2L, 200, 0));
        Marks.removeIf(memory, state, mark -> mark < 200);

        assertThat(state.marks).containsExactly(200L);
        assertThat(memory.mark(100)).isNull();
        assertThat(Marks.kept(memory, 200).state()).isEqualTo(2);
        assertThatThrownBy(() -> Marks.kept(memory, 100)).hasMessage("a mark is missing");
    }
}
