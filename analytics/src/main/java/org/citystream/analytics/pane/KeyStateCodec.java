package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Objects;

/** {@link KeyState} in bytes. */
public final class KeyStateCodec<S> implements Codec<KeyState<S>> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;
    private final Codec<S> states;

    public KeyStateCodec(Codec<S> states) {
        this.states = states;
    }

    @Override
    public void write(KeyState<S> state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        write(state.live, out);
        boolean same = state.snapshot == state.live;
        out.writeBoolean(same);
        if (!same) {
            write(state.snapshot, out);
        }
        VarInt.write(out, state.marks.size());
        for (Folded<S> mark : state.marks) {
            write(mark, out);
        }
        out.writeLong(state.dirtyFrom);
        out.writeLong(state.newestPane);
        out.writeLong(state.newestObservedAt);
        out.writeLong(state.dirtySince);
        out.writeLong(state.dirtyLast);
        out.writeLong(state.previewAt);
        out.writeLong(state.wakeAt);
        out.writeLong(state.controlFingerprint);
        VarInt.write(out, state.told.size());
        for (Told told : state.told) {
            VarInt.write(out, told.revision());
            out.writeByte(told.as().ordinal());
            Codecs.writeEvent(out, told.event());
        }
    }

    private void write(Folded<S> folded, DataOutput out) throws IOException {
        out.writeLong(folded.upTo());
        out.writeLong(folded.expectedTo());
        states.write(folded.state(), out);
    }

    @Override
    public KeyState<S> read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "subject");
        Folded<S> live = readFolded(in);
        KeyState<S> state = new KeyState<>(live.state());
        state.live = live;
        state.snapshot = in.readBoolean() ? live : readFolded(in);
        int marks = (int) VarInt.read(in);
        for (int i = 0; i < marks; i++) {
            state.marks.add(readFolded(in));
        }
        state.dirtyFrom = in.readLong();
        state.newestPane = in.readLong();
        state.newestObservedAt = in.readLong();
        state.dirtySince = in.readLong();
        state.dirtyLast = in.readLong();
        state.previewAt = in.readLong();
        state.wakeAt = in.readLong();
        state.controlFingerprint = in.readLong();
        int size = (int) VarInt.read(in);
        state.told = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int revision = (int) VarInt.read(in);
            Told.Status as = Told.Status.values()[in.readByte()];
            state.told.add(new Told(revision, Objects.requireNonNull(Codecs.readEvent(in)), as));
        }
        return state;
    }

    private Folded<S> readFolded(DataInput in) throws IOException {
        long upTo = in.readLong();
        long expectedTo = in.readLong();
        return new Folded<>(states.read(in), upTo, expectedTo);
    }

    @Override
    public KeyState<S> copy(KeyState<S> state) {
        KeyState<S> copy = new KeyState<>(state.live.state());
        copy.live = copy(state.live);
        copy.snapshot = state.snapshot == state.live ? copy.live : copy(state.snapshot);
        for (Folded<S> mark : state.marks) {
            copy.marks.add(copy(mark));
        }
        copy.dirtyFrom = state.dirtyFrom;
        copy.newestPane = state.newestPane;
        copy.newestObservedAt = state.newestObservedAt;
        copy.dirtySince = state.dirtySince;
        copy.dirtyLast = state.dirtyLast;
        copy.previewAt = state.previewAt;
        copy.wakeAt = state.wakeAt;
        copy.controlFingerprint = state.controlFingerprint;
        copy.told = new ArrayList<>(state.told);
        return copy;
    }

    private Folded<S> copy(Folded<S> folded) {
        return new Folded<>(states.copy(folded.state()), folded.upTo(), folded.expectedTo());
    }
}
