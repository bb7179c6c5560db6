package org.citystream.analytics.pane;

import org.citystream.model.event.CityEvent;

/** What a subject tells the world. */
public interface PaneOutput<U> {

    void summary(U summary);

    /** @param offsets of the readings that it rests on, as {@link OffsetRanges} */
    default void summary(U summary, long[] offsets) {
        summary(summary);
    }

    void event(CityEvent event);

    /** Panes are about to be folded again, because readings came late or rules changed. */
    default void refolds() {}
}
