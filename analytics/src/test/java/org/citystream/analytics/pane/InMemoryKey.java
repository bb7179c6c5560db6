package org.citystream.analytics.pane;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One subject's memory on the heap, kept as bytes as an engine would, so that every test also tests the codecs. */
public final class InMemoryKey<S> implements KeyMemory<S> {
    private static final PaneCodec PANES = new PaneCodec();
    private final KeyStateCodec<S> states;
    private final TreeMap<Long, byte[]> panes = new TreeMap<>();
    private byte @Nullable [] state;
    private long timer = Long.MAX_VALUE;

    public InMemoryKey(Codec<S> states) {
        this.states = new KeyStateCodec<>(states);
    }

    /** Clock at which the subject wants to be woken; the largest long: never. */
    public long timer() {
        return timer;
    }

    public int paneCount() {
        return panes.size();
    }

    public boolean isEmpty() {
        return panes.isEmpty() && state == null && timer == Long.MAX_VALUE;
    }

    /** Size of everything kept, bytes. */
    public int bytes() {
        return panes.values().stream().mapToInt(bytes -> bytes.length).sum() + (state == null ? 0 : state.length);
    }

    @Override
    public @Nullable Pane pane(long start) {
        byte[] bytes = panes.get(start);
        return bytes == null ? null : read(PANES, bytes);
    }

    @Override
    public void putPane(long start, Pane pane) {
        panes.put(start, write(PANES, pane));
    }

    @Override
    public void removePane(long start) {
        panes.remove(start);
    }

    @Override
    public SortedMap<Long, Pane> panes(long from, long to) {
        TreeMap<Long, Pane> found = new TreeMap<>();
        if (from < to) {
            panes.subMap(from, to).forEach((start, bytes) -> found.put(start, read(PANES, bytes)));
        }
        return found;
    }

    @Override
    public @Nullable KeyState<S> state() {
        return state == null ? null : read(states, state);
    }

    @Override
    public void state(@Nullable KeyState<S> newState) {
        state = newState == null ? null : write(states, newState);
    }

    @Override
    public void moveTimer(long fromClock, long toClock) {
        if (fromClock != timer && fromClock != Long.MAX_VALUE) {
            throw new AssertionError("the timer stood at " + timer + ", not at " + fromClock);
        }
        timer = toClock;
    }

    /** The timer has gone off. */
    public void timerFired() {
        timer = Long.MAX_VALUE;
    }

    private static <T> byte[] write(Codec<T> codec, T value) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            codec.write(value, new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(Codec<T> codec, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            T value = codec.read(in);
            if (in.available() > 0) {
                throw new AssertionError("bytes left over");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
