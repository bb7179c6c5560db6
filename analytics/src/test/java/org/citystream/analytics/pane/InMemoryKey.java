package org.citystream.analytics.pane;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One subject's memory that passes everything through its codec, as an engine on disk would, so that tests also test the codecs. */
public final class InMemoryKey<S> extends HeapMemory<S> {
    private static final PaneCodec PANES = new PaneCodec();
    private final KeyStateCodec<S> states;
    private final FoldedCodec<S> marks;

    public InMemoryKey(Codec<S> states) {
        this.states = new KeyStateCodec<>(states);
        this.marks = new FoldedCodec<>(states);
    }

    @Override
    public @Nullable Pane pane(long start) {
        Pane pane = super.pane(start);
        return pane == null ? null : Written.again(PANES, pane);
    }

    @Override
    public void putPane(long start, Pane pane) {
        super.putPane(start, Written.again(PANES, pane));
    }

    @Override
    public SortedMap<Long, Pane> panes(long from, long to) {
        SortedMap<Long, Pane> found = super.panes(from, to);
        found.replaceAll((start, pane) -> Written.again(PANES, pane));
        return found;
    }

    @Override
    public @Nullable Folded<S> mark(long upTo) {
        Folded<S> mark = super.mark(upTo);
        return mark == null ? null : Written.again(marks, mark);
    }

    @Override
    public void putMark(Folded<S> mark) {
        super.putMark(Written.again(marks, mark));
    }

    @Override
    public @Nullable KeyState<S> state() {
        KeyState<S> state = super.state();
        return state == null ? null : Written.again(states, state);
    }

    @Override
    public void state(@Nullable KeyState<S> newState) {
        super.state(newState == null ? null : Written.again(states, newState));
    }
}
