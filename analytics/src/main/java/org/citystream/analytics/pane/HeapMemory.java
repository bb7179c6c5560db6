package org.citystream.analytics.pane;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One subject's memory as objects on the heap, for runs without an engine. Not thread-safe. */
public class HeapMemory<S> implements KeyMemory<S> {
    private final TreeMap<Long, Pane> panes = new TreeMap<>();
    private final TreeMap<Long, Folded<S>> marks = new TreeMap<>();
    private @Nullable KeyState<S> state;
    private long timer = Long.MAX_VALUE;

    /** Clock at which the subject wants to be woken; the largest long: never. */
    public final long timer() {
        return timer;
    }

    /** The timer has gone off. */
    public final void timerFired() {
        timer = Long.MAX_VALUE;
    }

    public final int paneCount() {
        return panes.size();
    }

    /** Whether nothing is kept, and nothing awaited. */
    public final boolean isEmpty() {
        return panes.isEmpty() && marks.isEmpty() && state == null && timer == Long.MAX_VALUE;
    }

    @Override
    public @Nullable Pane pane(long start) {
        return panes.get(start);
    }

    @Override
    public void putPane(long start, Pane pane) {
        panes.put(start, pane);
    }

    @Override
    public void removePanes(long from, long to) {
        panes.subMap(from, to).clear();
    }

    @Override
    public SortedMap<Long, Pane> panes(long from, long to) {
        return from < to ? new TreeMap<>(panes.subMap(from, to)) : new TreeMap<>();
    }

    @Override
    public @Nullable Folded<S> mark(long upTo) {
        return marks.get(upTo);
    }

    @Override
    public void putMark(Folded<S> mark) {
        marks.put(mark.upTo(), mark);
    }

    @Override
    public void removeMark(long upTo) {
        marks.remove(upTo);
    }

    @Override
    public @Nullable KeyState<S> state() {
        return state;
    }

    @Override
    public void state(@Nullable KeyState<S> newState) {
        state = newState;
    }

    @Override
    public void moveTimer(long fromClock, long toClock) {
        if (fromClock != timer && fromClock != Long.MAX_VALUE) {
            throw new IllegalStateException("the timer stood at " + timer + ", not at " + fromClock);
        }
        timer = toClock;
    }
}
