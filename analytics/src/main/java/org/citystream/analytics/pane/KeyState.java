package org.citystream.analytics.pane;

import java.util.ArrayList;
import java.util.List;

/** Everything a subject keeps besides its panes. Mutable; not thread-safe. */
public final class KeyState<S> {
    static final long NEVER = Long.MAX_VALUE;
    static final int MARKS = 2;

    Folded<S> live;
    Folded<S> snapshot;
    /** Where the live state stood at the last {@link #MARKS} marks, oldest first: a correction of recent panes starts there. */
    List<Folded<S>> marks = new ArrayList<>(MARKS);
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

    KeyState(S initial) {
        live = new Folded<>(initial, Long.MIN_VALUE, Long.MIN_VALUE);
        snapshot = live;
    }

    void clean() {
        dirtyFrom = NEVER;
        dirtySince = NEVER;
        dirtyLast = NEVER;
    }

    /** The newest state that no change at or behind this pane has touched. */
    Folded<S> baseFor(long paneStart) {
        Folded<S> base = snapshot;
        for (Folded<S> mark : marks) {
            if (mark.upTo() <= paneStart) {
                base = mark;
            }
        }
        return base;
    }

    void mark(Folded<S> state) {
        if (marks.size() == MARKS) {
            marks.remove(0);
        }
        marks.add(state);
    }

    boolean isDirty() {
        return dirtySince != NEVER;
    }
}
