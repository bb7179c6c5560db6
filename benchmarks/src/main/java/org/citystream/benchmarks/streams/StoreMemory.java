package org.citystream.benchmarks.streams;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.citystream.analytics.pane.Codec;
import org.citystream.analytics.pane.Folded;
import org.citystream.analytics.pane.FoldedCodec;
import org.citystream.analytics.pane.KeyMemory;
import org.citystream.analytics.pane.KeyState;
import org.citystream.analytics.pane.KeyStateCodec;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneCodec;
import org.jspecify.annotations.Nullable;

/** One subject's memory in the state stores of a Kafka Streams task, each with a changelog. */
final class StoreMemory<S> implements KeyMemory<S> {
    private static final byte[] SET = {1};

    private final Codec<Pane> paneCodec = new PaneCodec();
    private final Codec<Folded<S>> markCodec;
    private final Codec<KeyState<S>> stateCodec;
    private final KeyValueStore<Bytes, byte[]> panes;
    private final KeyValueStore<Bytes, byte[]> marks;
    private final KeyValueStore<Bytes, byte[]> states;
    private final KeyValueStore<Bytes, byte[]> timers;
    private String subjectId = "";
    private long nextTimer = Long.MIN_VALUE;

    StoreMemory(
            Codec<S> codec,
            KeyValueStore<Bytes, byte[]> panes,
            KeyValueStore<Bytes, byte[]> marks,
            KeyValueStore<Bytes, byte[]> states,
            KeyValueStore<Bytes, byte[]> timers) {
        this.markCodec = new FoldedCodec<>(codec);
        this.stateCodec = new KeyStateCodec<>(codec);
        this.panes = panes;
        this.marks = marks;
        this.states = states;
        this.timers = timers;
    }

    StoreMemory<S> of(String newSubjectId) {
        subjectId = newSubjectId;
        return this;
    }

    /** Subjects whose timers are due; their timers are gone then. */
    List<String> due(long clock) {
        if (clock < nextTimer) {
            return List.of();
        }
        List<Bytes> due = new ArrayList<>();
        nextTimer = Long.MAX_VALUE;
        try (KeyValueIterator<Bytes, byte[]> all = timers.all()) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                if (SubjectKey.momentOfTimer(key) > clock) {
                    nextTimer = SubjectKey.momentOfTimer(key);
                    break;
                }
                due.add(key);
            }
        }
        due.forEach(timers::delete);
        return due.stream().map(SubjectKey::subjectOfTimer).toList();
    }

    @Override
    public @Nullable Pane pane(long start) {
        return read(paneCodec, panes.get(SubjectKey.of(subjectId, start)));
    }

    @Override
    public void putPane(long start, Pane pane) {
        panes.put(SubjectKey.of(subjectId, start), bytes(paneCodec, pane));
    }

    @Override
    public void removePanes(long from, long to) {
        panes(from, to).keySet().forEach(start -> panes.delete(SubjectKey.of(subjectId, start)));
    }

    @Override
    public SortedMap<Long, Pane> panes(long from, long to) {
        TreeMap<Long, Pane> found = new TreeMap<>();
        if (from >= to) {
            return found;
        }
        try (KeyValueIterator<Bytes, byte[]> range =
                panes.range(SubjectKey.of(subjectId, from), SubjectKey.of(subjectId, to - 1))) {
            range.forEachRemaining(entry -> {
                Pane pane = read(paneCodec, entry.value);
                if (pane != null) {
                    found.put(SubjectKey.moment(entry.key), pane);
                }
            });
        }
        return found;
    }

    @Override
    public @Nullable Folded<S> mark(long upTo) {
        return read(markCodec, marks.get(SubjectKey.of(subjectId, upTo)));
    }

    @Override
    public void putMark(Folded<S> mark) {
        marks.put(SubjectKey.of(subjectId, mark.upTo()), bytes(markCodec, mark));
    }

    @Override
    public void removeMark(long upTo) {
        marks.delete(SubjectKey.of(subjectId, upTo));
    }

    @Override
    public @Nullable KeyState<S> state() {
        return read(stateCodec, states.get(SubjectKey.of(subjectId, 0)));
    }

    @Override
    public void state(@Nullable KeyState<S> state) {
        if (state == null) {
            states.delete(SubjectKey.of(subjectId, 0));
        } else {
            states.put(SubjectKey.of(subjectId, 0), bytes(stateCodec, state));
        }
    }

    @Override
    public void moveTimer(long fromClock, long toClock) {
        if (fromClock != Long.MAX_VALUE) {
            timers.delete(SubjectKey.timer(fromClock, subjectId));
        }
        if (toClock != Long.MAX_VALUE) {
            timers.put(SubjectKey.timer(toClock, subjectId), SET);
            nextTimer = Math.min(nextTimer, toClock);
        }
    }

    private static <T> byte[] bytes(Codec<T> codec, T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            codec.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    private static <T> @Nullable T read(Codec<T> codec, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return codec.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("no state of ours", e);
        }
    }
}
