package org.citystream.benchmarks.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** Keys of state stores: a subject and a moment, in either order, sorted as bytes. */
final class SubjectKey {
    private SubjectKey() {}

    /** All moments of one subject stand together. */
    static Bytes of(String subjectId, long moment) {
        byte[] id = subjectId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 1 + Long.BYTES)
                .put(id)
                .put((byte) 0)
                .putLong(moment ^ Long.MIN_VALUE)
                .array());
    }

    /** The moment of a key made by {@link #of}. */
    static long moment(Bytes key) {
        byte[] bytes = key.get();
        return ByteBuffer.wrap(bytes, bytes.length - Long.BYTES, Long.BYTES).getLong() ^ Long.MIN_VALUE;
    }

    /** By moment. */
    static Bytes timer(long moment, String subjectId) {
        byte[] id = subjectId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(moment ^ Long.MIN_VALUE)
                .put(id)
                .array());
    }

    static long momentOfTimer(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong() ^ Long.MIN_VALUE;
    }

    static String subjectOfTimer(Bytes key) {
        byte[] bytes = key.get();
        return new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8);
    }
}
