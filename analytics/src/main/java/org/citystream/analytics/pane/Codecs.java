package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Building blocks of {@link Codec}s. */
public final class Codecs {
    private Codecs() {}

    /**
     * Refuses state of another format.
     *
     * @throws IOException naming both versions
     */
    public static void expectVersion(int found, int expected, String what) throws IOException {
        if (found != expected) {
            throw new IOException(what + " state has format " + found + ", this program reads format " + expected);
        }
    }

    /** An episode event, as JSON. */
    public static void writeEvent(DataOutput out, @Nullable CityEvent event) throws IOException {
        byte[] json = event == null ? new byte[0] : JsonCodec.write(event);
        VarInt.write(out, json.length);
        out.write(json);
    }

    public static @Nullable CityEvent readEvent(DataInput in) throws IOException {
        byte[] json = new byte[(int) VarInt.read(in)];
        in.readFully(json);
        return json.length == 0 ? null : JsonCodec.read(json, CityEvent.class);
    }
}
