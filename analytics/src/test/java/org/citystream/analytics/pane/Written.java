package org.citystream.analytics.pane;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** State written and read again, by a codec or by its own methods. */
public final class Written {
    private Written() {}

    public interface Writer {
        void write(DataOutput out) throws IOException;
    }

    public interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    public static byte[] bytes(Writer state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            state.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static <T> byte[] bytes(Codec<T> codec, T value) {
        return bytes(out -> codec.write(value, out));
    }

    /** Reads a value of which no byte may be left over. */
    public static <T> T read(Codec<T> codec, byte[] bytes) throws IOException {
        return readAll(codec::read, bytes);
    }

    /** What comes back of it; nothing may be left over. */
    public static <T> T through(Writer state, Reader<T> reader) throws IOException {
        return readAll(reader, bytes(state));
    }

    private static <T> T readAll(Reader<T> reader, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        T value = reader.read(in);
        if (in.available() > 0) {
            throw new AssertionError("bytes left over");
        }
        return value;
    }

    /** The value as it is read back. */
    public static <T> T again(Codec<T> codec, T value) {
        try {
            return read(codec, bytes(codec, value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
