package org.citystream.analytics.traffic;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/** State written and read again. */
public final class Bytes {
    private Bytes() {}

    public interface Writer {
        void write(DataOutput out) throws IOException;
    }

    public interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    public static byte[] of(Writer state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** What comes back; nothing may be left over. */
    public static <T> T through(Writer state, Reader<T> reader) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(of(state)));
        T read = reader.read(in);
        if (in.available() > 0) {
            throw new AssertionError("bytes left over");
        }
        return read;
    }
}
