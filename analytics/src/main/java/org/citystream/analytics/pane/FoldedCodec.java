package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** {@link Folded} in bytes. The state in it carries its own format version. */
public final class FoldedCodec<S> implements Codec<Folded<S>> {
    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;
    private final Codec<S> states;

    public FoldedCodec(Codec<S> states) {
        this.states = states;
    }

    @Override
    public void write(Folded<S> folded, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(folded.upTo());
        out.writeLong(folded.expectedTo());
        states.write(folded.state(), out);
    }

    @Override
    public Folded<S> read(DataInput in) throws IOException {
        Codecs.expectVersion(in.readByte(), VERSION, "folded");
        long upTo = in.readLong();
        long expectedTo = in.readLong();
        return new Folded<>(states.read(in), upTo, expectedTo);
    }

    @Override
    public Folded<S> copy(Folded<S> folded) {
        return new Folded<>(states.copy(folded.state()), folded.upTo(), folded.expectedTo());
    }
}
