package org.citystream.analytics.pane;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Byte arrays as streams for one thread: those of {@code java.io} take a lock for every byte, and state is written by bytes. */
final class UnlockedBytes {
    private static final int FIRST_SIZE = 256;

    private UnlockedBytes() {}

    /** Gathers what is written. */
    static final class Out extends OutputStream {
        private byte[] bytes = new byte[FIRST_SIZE];
        private int size;

        @Override
        public void write(int value) {
            ensure(1);
            bytes[size++] = (byte) value;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            ensure(length);
            System.arraycopy(from, offset, bytes, size, length);
            size += length;
        }

        private void ensure(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
            }
        }

        byte[] toByteArray() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /** Hands an array out. */
    static final class In extends InputStream {
        private final byte[] bytes;
        private int next;

        In(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return next < bytes.length ? bytes[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int read = Math.min(length, bytes.length - next);
            if (read == 0) {
                return -1;
            }
            System.arraycopy(bytes, next, to, offset, read);
            next += read;
            return read;
        }

        @Override
        public int available() {
            return bytes.length - next;
        }
    }
}
