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

/**
 * One subject's memory without an engine: kept as bytes, as an engine on disk would, so that tests also test the codecs;
 * or as the objects themselves, which is quicker.
 */
public final class InMemoryKey<S> implements KeyMemory<S> {
    private static final PaneCodec PANES = new PaneCodec();
    private final KeyStateCodec<S> states;
    private final boolean inBytes;
    private final TreeMap<Long, Object> panes = new TreeMap<>();
    private @Nullable Object state;
    private long timer = Long.MAX_VALUE;

    public InMemoryKey(Codec<S> states) {
        this(states, true);
    }

    public InMemoryKey(Codec<S> states, boolean inBytes) {
        this.states = new KeyStateCodec<>(states);
        this.inBytes = inBytes;
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

    @Override
    public @Nullable Pane pane(long start) {
        Object pane = panes.get(start);
        return pane == null ? null : asPane(pane);
    }

    private Pane asPane(Object pane) {
        return pane instanceof byte[] bytes ? read(PANES, bytes) : (Pane) pane;
    }

    @Override
    public void putPane(long start, Pane pane) {
        panes.put(start, inBytes ? write(PANES, pane) : pane);
    }

    @Override
    public void removePane(long start) {
        panes.remove(start);
    }

    @Override
    public SortedMap<Long, Pane> panes(long from, long to) {
        TreeMap<Long, Pane> found = new TreeMap<>();
        if (from < to) {
            panes.subMap(from, to).forEach((start, pane) -> found.put(start, asPane(pane)));
        }
        return found;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable KeyState<S> state() {
        return state instanceof byte[] bytes ? read(states, bytes) : (KeyState<S>) state;
    }

    @Override
    public void state(@Nullable KeyState<S> newState) {
        state = newState == null || !inBytes ? newState : write(states, newState);
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
