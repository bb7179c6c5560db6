package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** Bytes with their number before them. */
    public static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        VarInt.write(out, bytes.length);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[(int) VarInt.read(in)];
        in.readFully(bytes);
        return bytes;
    }

    /** A text as UTF-8; unlike {@link DataOutput#writeUTF} of any length, and not character by character. */
    public static void writeText(DataOutput out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    public static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    /** An episode event, as JSON. */
    public static void writeEvent(DataOutput out, @Nullable CityEvent event) throws IOException {
        writeBytes(out, event == null ? new byte[0] : JsonCodec.write(event));
    }

    public static @Nullable CityEvent readEvent(DataInput in) throws IOException {
        byte[] json = readBytes(in);
        return json.length == 0 ? null : JsonCodec.read(json, CityEvent.class);
    }
}
