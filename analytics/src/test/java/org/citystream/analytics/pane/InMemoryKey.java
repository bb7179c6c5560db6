package org.citystream.analytics.pane;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        return pane == null ? null : copy(PANES, pane);
    }

    @Override
    public void putPane(long start, Pane pane) {
        super.putPane(start, copy(PANES, pane));
    }

    @Override
    public SortedMap<Long, Pane> panes(long from, long to) {
        SortedMap<Long, Pane> found = super.panes(from, to);
        found.replaceAll((start, pane) -> copy(PANES, pane));
        return found;
    }

    @Override
    public @Nullable Folded<S> mark(long upTo) {
        Folded<S> mark = super.mark(upTo);
        return mark == null ? null : copy(marks, mark);
    }

    @Override
    public void putMark(Folded<S> mark) {
        super.putMark(copy(marks, mark));
    }

    @Override
    public @Nullable KeyState<S> state() {
        KeyState<S> state = super.state();
        return state == null ? null : copy(states, state);
    }

    @Override
    public void state(@Nullable KeyState<S> newState) {
        super.state(newState == null ? null : copy(states, newState));
    }

    private static <T> T copy(Codec<T> codec, T value) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            codec.write(value, new DataOutputStream(bytes));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            T read = codec.read(in);
            if (in.available() > 0) {
                throw new AssertionError("bytes left over");
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
