package org.citystream.analytics.pane;

import java.util.ArrayList;
import java.util.List;

/** Everything a subject keeps besides its panes and marks. Mutable; not thread-safe. */
public final class KeyState<S> {
    static final long NEVER = Long.MAX_VALUE;

    Folded<S> live;
    /**
     * Moments at which the live state was kept as it then stood, ascending: corrections start there. The first is the
     * snapshot once nothing accepted can reach behind it.
     */
    List<Long> marks = new ArrayList<>();
    /** Start of the oldest pane that may still be kept. */
    long keptFrom = Long.MIN_VALUE;
    /** Start of the oldest closed pane that has changed since the last refold; {@link #NEVER}: clean. */
    long dirtyFrom = NEVER;

    /** Start of the newest pane made; {@link Long#MIN_VALUE}: none. */
    long newestPane = Long.MIN_VALUE;

    long newestObservedAt = Long.MIN_VALUE;
    /** Clock of the first change to a closed pane since the last refold; {@link #NEVER}: clean. */
    long dirtySince = NEVER;
    /** Clock of the last change. */
    long dirtyLast = NEVER;
    /** Clock at which open panes are told next; {@link #NEVER}: nothing new. */
    long previewAt = NEVER;
    /** Clock of the timer set; {@link #NEVER}: none. */
    long wakeAt = NEVER;
    /** Of the registry and rules that the live state was folded under. */
    long controlFingerprint;
    /** Episodes told that late readings can still reach. */
    List<Told> told = new ArrayList<>();

    KeyState(Folded<S> live) {
        this.live = live;
    }

    void clean() {
        dirtyFrom = NEVER;
        dirtySince = NEVER;
        dirtyLast = NEVER;
    }

    boolean isDirty() {
        return dirtySince != NEVER;
    }
}
