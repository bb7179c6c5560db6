package org.citystream.analytics.pane;

import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which states a fold keeps on its way, for corrections to start from: close together in the last half hour of panes, and a few
 * further back. They stand in the subject's memory; this only decides.
 */
final class Marks {
    /** Readings that cover several panes reach some that are closed already: most corrections are of the last quarter. */
    private static final int PANES_BETWEEN = 15;

    private static final int RECENT_PANES = 2 * PANES_BETWEEN;
    /** Further back marks stand wider apart: what is corrected there is rare, and each keeps a whole state. */
    private static final int OLD = 4;

    private final long paneMillis;
    private final int panesBetweenOld;

    Marks(PaneTiming timing) {
        this.paneMillis = timing.pane().toMillis();
        this.panesBetweenOld = (int) Math.max(PANES_BETWEEN, timing.reachMillis() / paneMillis / OLD);
    }

    /** Whether a run from one moment to another passes one at which a state is worth keeping. */
    boolean isDueBetween(long from, long to) {
        return isApart(from, to, PANES_BETWEEN);
    }

    /** Keeps a state on the way to a moment, if the last one kept lies far enough behind. */
    <S> void mark(KeyMemory<S> memory, KeyState<S> state, Folded<S> at, long to) {
        int apart = isRecent(at.upTo(), to) ? PANES_BETWEEN : panesBetweenOld;
        int last = state.marks.size() - 1;
        if (last < 0 || isApart(state.marks.get(last), at.upTo(), apart)) {
            keep(memory, state, at);
            removeIf(memory, state, mark -> !isRecent(mark, to) && !isFirstOfItsKind(state.marks, mark));
        }
    }

    private boolean isRecent(long mark, long to) {
        return mark > to - RECENT_PANES * paneMillis;
    }

    private boolean isFirstOfItsKind(List<Long> marks, long mark) {
        int before = marks.indexOf(mark) - 1;
        return before < 0 || isApart(marks.get(before), mark, panesBetweenOld);
    }

    /** Whether a multiple of so many panes lies between two moments. */
    private boolean isApart(long from, long to, int panes) {
        return Math.floorDiv(from, panes * paneMillis) != Math.floorDiv(to, panes * paneMillis);
    }

    /** Keeps a state, whatever else is kept. */
    static <S> void keep(KeyMemory<S> memory, KeyState<S> state, Folded<S> at) {
        if (!state.marks.contains(at.upTo())) {
            memory.putMark(at);
            state.marks.add(at.upTo());
        }
    }

    /** The newest state kept that stands at a moment or before it; null: none. */
    static <S> @Nullable Folded<S> newestUpTo(KeyMemory<S> memory, KeyState<S> state, long moment) {
        for (int i = state.marks.size() - 1; i >= 0; i--) {
            if (state.marks.get(i) <= moment) {
                return kept(memory, state.marks.get(i));
            }
        }
        return null;
    }

    /** The state kept at a moment, at which there is one. */
    static <S> Folded<S> kept(KeyMemory<S> memory, long mark) {
        return Objects.requireNonNull(memory.mark(mark), "a mark is missing");
    }

    static <S> void removeIf(KeyMemory<S> memory, KeyState<S> state, LongPredicate which) {
        for (Long mark : List.copyOf(state.marks)) {
            if (which.test(mark)) {
                state.marks.remove(mark);
                memory.removeMark(mark);
            }
        }
    }
}
