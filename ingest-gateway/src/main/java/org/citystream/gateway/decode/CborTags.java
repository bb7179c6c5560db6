package org.citystream.gateway.decode;

/**
 * A look over CBOR (RFC 8949) before it is parsed: Jackson 2.20 copies all tags of a value for each further one, which its
 * limits do not bound, so that 60 kB of tags take most of a gigabyte.
 */
final class CborTags {
    /** Tags that one value may bear, as many as the levels of a document. */
    static final int MOST = 16;

    private static final int INDEFINITE = 31;

    private enum Major {
        UNSIGNED,
        NEGATIVE,
        BYTES,
        TEXT,
        ARRAY,
        MAP,
        TAG,
        SIMPLE;

        private static final Major[] ALL = values();

        private static Major of(int head) {
            return ALL[head >> 5];
        }
    }

    private CborTags() {}

    /** Whether any value bears more than {@link #MOST} tags. Goes from head to head; what is malformed is the parser's. */
    static boolean areTooDeep(byte[] document) {
        int tags = 0;
        long at = 0;
        while (at < document.length) {
            int head = document[(int) at] & 0xff;
            Major major = Major.of(head);
            int information = head & 0x1f;
            int argumentBytes = argumentBytes(information);
            tags = major == Major.TAG ? tags + 1 : 0;
            if (tags > MOST) {
                return true;
            }
            boolean holdsBytes = (major == Major.BYTES || major == Major.TEXT) && information != INDEFINITE;
            long skipped = holdsBytes ? argument(document, (int) at + 1, argumentBytes, information) : 0;
            if (skipped < 0 || skipped > document.length) {
                return false;
            }
            at += 1 + argumentBytes + skipped;
        }
        return false;
    }

    private static int argumentBytes(int information) {
        return information < 24 || information > 27 ? 0 : 1 << (information - 24);
    }

    private static long argument(byte[] document, int from, int bytes, int information) {
        if (bytes == 0) {
            return information;
        }
        long argument = 0;
        for (int i = from; i < from + bytes && i < document.length; i++) {
            argument = argument << 8 | document[i] & 0xff;
        }
        return argument;
    }
}
