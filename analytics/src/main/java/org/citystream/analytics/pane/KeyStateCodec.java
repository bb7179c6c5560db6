package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Objects;

/** {@link KeyState} in bytes. */
public final class KeyStateCodec<S> implements Codec<KeyState<S>> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 2;
    private final FoldedCodec<S> folded;

    public KeyStateCodec(Codec<S> states) {
        this.folded = new FoldedCodec<>(states);
    }

    @Override
    public void write(KeyState<S> state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        folded.write(state.live, out);
        VarInt.write(out, state.marks.size());
        for (long mark : state.marks) {
            out.writeLong(mark);
        }
        out.writeLong(state.keptFrom);
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

    @Override
    public KeyState<S> read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "subject");
        KeyState<S> state = new KeyState<>(folded.read(in));
        int marks = (int) VarInt.read(in);
        for (int i = 0; i < marks; i++) {
            state.marks.add(in.readLong());
        }
        state.keptFrom = in.readLong();
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

    @Override
    public KeyState<S> copy(KeyState<S> state) {
        KeyState<S> copy = new KeyState<>(folded.copy(state.live));
        copy.marks = new ArrayList<>(state.marks);
        copy.keptFrom = state.keptFrom;
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
}
