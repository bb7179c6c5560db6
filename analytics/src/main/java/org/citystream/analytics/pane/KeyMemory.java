package org.citystream.analytics.pane;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Where the kernel keeps one subject: its panes by start, where its fold stood at some moments, its state, its one timer. */
public interface KeyMemory<S> {

    /** The pane that starts here; changes to it count only after {@link #putPane}. */
    @Nullable Pane pane(long start);

    void putPane(long start, Pane pane);

    /** Removes the panes with {@code from <= start < to}; {@code from} may be the smallest long. */
    void removePanes(long from, long to);

    /** The panes with {@code from <= start < to}; bounds may be the extremes of long. */
    SortedMap<Long, Pane> panes(long from, long to);

    /** The state kept that stands at this moment, as {@link KeyState#marks} lists them. */
    @Nullable Folded<S> mark(long upTo);

    void putMark(Folded<S> mark);

    void removeMark(long upTo);

    @Nullable KeyState<S> state();

    /** Stores the state; null forgets the subject. */
    void state(@Nullable KeyState<S> state);

    /** Moves the timer; {@link Long#MAX_VALUE} stands for none. */
    void moveTimer(long fromClock, long toClock);
}
