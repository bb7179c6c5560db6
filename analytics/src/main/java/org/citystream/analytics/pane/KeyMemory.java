package org.citystream.analytics.pane;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Where the kernel keeps one subject: its panes by start, its state, its one timer. */
public interface KeyMemory<S> {

    /** The pane that starts here; changes to it count only after {@link #putPane}. */
    @Nullable Pane pane(long start);

    void putPane(long start, Pane pane);

    void removePane(long start);

    /** The panes with {@code from <= start < to}; bounds may be the extremes of long. */
    SortedMap<Long, Pane> panes(long from, long to);

    @Nullable KeyState<S> state();

    /** Stores the state; null forgets the subject. */
    void state(@Nullable KeyState<S> state);

    /** Moves the timer; {@link Long#MAX_VALUE} stands for none. */
    void moveTimer(long fromClock, long toClock);
}
