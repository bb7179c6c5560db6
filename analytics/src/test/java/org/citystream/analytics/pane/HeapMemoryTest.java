package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** One subject's memory without an engine. */
class HeapMemoryTest {
    private static final long NEVER = Long.MAX_VALUE;

    private final HeapMemory<Long> memory = new HeapMemory<>();

    @Test
    void nothingIsKeptBeforeAndAfterWhateverIs() {
        assertThat(memory.isEmpty()).isTrue();

        memory.putPane(60, new Pane());
        assertThat(memory.isEmpty()).as("a pane").isFalse();
        memory.removePanes(Long.MIN_VALUE, 61);
        assertThat(memory.isEmpty()).isTrue();

        memory.putMark(new Folded<>(1L, 60, 60));
        assertThat(memory.isEmpty()).as("a mark").isFalse();
        memory.removeMark(60);
        assertThat(memory.isEmpty()).isTrue();

        memory.state(new KeyState<>(new Folded<>(1L, 60, 60)));
        assertThat(memory.isEmpty()).as("a state").isFalse();
        memory.state(null);
        assertThat(memory.isEmpty()).isTrue();

        memory.moveTimer(NEVER, 100);
        assertThat(memory.isEmpty()).as("a timer").isFalse();
        memory.timerFired();
        assertThat(memory.isEmpty()).isTrue();
        assertThat(memory.timer()).isEqualTo(NEVER);
    }

    @Test
    void panesAreFoundFromTheFirstMomentAndBeforeTheLast() {
        Pane first = new Pane();
        memory.putPane(0, first);
        memory.putPane(60, new Pane());
        memory.putPane(120, new Pane());

        assertThat(memory.paneCount()).isEqualTo(3);
        assertThat(memory.pane(0)).isSameAs(first);
        assertThat(memory.pane(1)).isNull();
        assertThat(memory.panes(0, 120)).containsOnlyKeys(0L, 60L);
        assertThat(memory.panes(1, 121)).containsOnlyKeys(60L, 120L);
        assertThat(memory.panes(60, 60)).isEmpty();
        assertThat(memory.panes(120, 0)).as("a time that ends before it begins").isEmpty();
        memory.removePanes(0, 60);
        assertThat(memory.paneCount()).isEqualTo(2);
    }

    @Test
    void aTimerIsMovedOnlyFromWhereItStands() {
        memory.moveTimer(NEVER, 100);
        memory.moveTimer(100, 200);
        assertThat(memory.timer()).isEqualTo(200);

        assertThatThrownBy(() -> memory.moveTimer(100, 300))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the timer stood at 200, not at 100");
        assertThat(memory.timer()).isEqualTo(200);
    }
}
