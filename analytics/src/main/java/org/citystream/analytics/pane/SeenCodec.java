package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The identities counted in a cell, in bytes. In memory they are triples of boot key, number / 64, and a bitmap of the 64
 * numbers from there; a minute of one lane sees one or two numbers, of which a byte each is written.
 */
final class SeenCodec {
    private static final int TRIPLE = 3;
    private static final int NUMBER = 63;
    private static final int MORE = 1 << 6;
    private static final int BITMAP = 1 << 7;
    /** The first of several numbers in a row; their count follows. */
    private static final int ROW = BITMAP | MORE;

    private static final int ROW_AT_LEAST = 3;
    /** More numbers than this take less room as the bitmap itself. */
    private static final int LISTED_AT_MOST = 8;
    /** Another boot, or a word that lies before the last one; else the distance to it is written. */
    private static final int ANOTHER = 0;

    private SeenCodec() {}

    /** Whether this is {@link #only} that. */
    static boolean isOnly(long[] seen, long observedAt) {
        return seen.length == TRIPLE && Arrays.equals(seen, only(observedAt));
    }

    /** One reading without a boot, known by its time. */
    static long[] only(long observedAt) {
        return new long[] {Identity.NO_BOOT, observedAt >> 6, 1L << (observedAt & NUMBER)};
    }

    static void write(long[] seen, DataOutput out) throws IOException {
        VarInt.write(out, seen.length / TRIPLE);
        for (int i = 0; i < seen.length; i += TRIPLE) {
            boolean next = i > 0 && seen[i] == seen[i - TRIPLE] && seen[i + 1] > seen[i + 1 - TRIPLE];
            if (next) {
                VarInt.write(out, seen[i + 1] - seen[i + 1 - TRIPLE]);
            } else {
                if (i > 0) {
                    VarInt.write(out, ANOTHER);
                }
                out.writeLong(seen[i]);
                VarInt.writeSigned(out, seen[i + 1]);
            }
            writeBits(seen[i + 2], out);
        }
    }

    private static void writeBits(long bits, DataOutput out) throws IOException {
        int first = Long.numberOfTrailingZeros(bits);
        int count = Long.bitCount(bits);
        if (count >= ROW_AT_LEAST && count == Long.numberOfTrailingZeros(~(bits >>> first))) {
            out.writeByte(ROW | first);
            out.writeByte(count);
            return;
        }
        if (bits == 0 || count > LISTED_AT_MOST) {
            out.writeByte(BITMAP);
            out.writeLong(bits);
            return;
        }
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            boolean more = (rest & (rest - 1)) != 0;
            out.writeByte(Long.numberOfTrailingZeros(rest) | (more ? MORE : 0));
        }
    }

    static long[] read(DataInput in) throws IOException {
        long[] seen = new long[TRIPLE * (int) VarInt.read(in)];
        for (int i = 0; i < seen.length; i += TRIPLE) {
            long further = i == 0 ? ANOTHER : VarInt.read(in);
            seen[i] = further == ANOTHER ? in.readLong() : seen[i - TRIPLE];
            seen[i + 1] = further == ANOTHER ? VarInt.readSigned(in) : seen[i + 1 - TRIPLE] + further;
            seen[i + 2] = readBits(in);
        }
        return seen;
    }

    private static long readBits(DataInput in) throws IOException {
        long bits = 0;
        int number = MORE;
        while ((number & MORE) != 0) {
            number = in.readUnsignedByte();
            if (number == BITMAP) {
                return in.readLong();
            }
            if ((number & ROW) == ROW) {
                return row(number & NUMBER, in.readUnsignedByte());
            }
            bits |= 1L << (number & NUMBER);
        }
        return bits;
    }

    private static long row(int first, int count) {
        return -1L >>> (Long.SIZE - count) << first;
    }
}
