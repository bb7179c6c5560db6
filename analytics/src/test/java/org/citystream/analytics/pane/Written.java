package org.citystream.analytics.pane;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Values as the bytes that a codec makes of them. */
final class Written {
    private Written() {}

    static <T> byte[] bytes(Codec<T> codec, T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            codec.write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads a value of which no byte may be left over. */
    static <T> T read(Codec<T> codec, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        T value = codec.read(in);
        if (in.available() > 0) {
            throw new AssertionError("bytes left over");
        }
        return value;
    }

    /** The value as it is read back. */
    static <T> T again(Codec<T> codec, T value) {
        try {
            return read(codec, bytes(codec, value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
