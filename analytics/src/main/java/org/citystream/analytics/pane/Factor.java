package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the sums of a cell have in common. Sums of air are millionths of a unit times milliseconds, thirteen digits, of which
 * a station that reports tenths every quarter of an hour uses three: divided by their greatest common divisor, and without
 * the zeros that still end them, they take two or three bytes instead of seven. Exact whatever the sums are.
 */
final class Factor {
    /** The sums share none worth writing. */
    static final long NONE = 1;

    private static final long LEAST = 1_000;
    private static final int ZEROS_BITS = 3;
    private static final int ZEROS_AT_MOST = (1 << ZEROS_BITS) - 1;
    /** Larger ones leave no room for the count of zeros. Quotients by {@link #LEAST} and more are smaller whatever the sum. */
    private static final long BELOW = 1L << 58;

    private Factor() {}

    static long of(long[] sums) {
        long factor = 0;
        for (long sum : sums) {
            factor = divisor(factor, Math.abs(sum));
        }
        return factor < LEAST || factor >= BELOW ? NONE : factor;
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    static void write(long factor, DataOutput out) throws IOException {
        writeShort(factor, out);
    }

    static long read(DataInput in) throws IOException {
        return readShort(in);
    }

    /** A multiple of the factor. */
    static void writeSum(long sum, long factor, DataOutput out) throws IOException {
        if (factor == NONE) {
            VarInt.writeSigned(out, sum);
        } else {
            writeShort(sum / factor, out);
        }
    }

    static long readSum(long factor, DataInput in) throws IOException {
        return factor == NONE ? VarInt.readSigned(in) : readShort(in) * factor;
    }

    private static void writeShort(long value, DataOutput out) throws IOException {
        long digits = value;
        int zeros = 0;
        while (zeros < ZEROS_AT_MOST && digits != 0 && digits % 10 == 0) {
            digits /= 10;
            zeros++;
        }
        VarInt.write(out, ((digits << 1) ^ (digits >> 63)) << ZEROS_BITS | zeros);
    }

    private static long readShort(DataInput in) throws IOException {
        long written = VarInt.read(in);
        long zigzag = written >>> ZEROS_BITS;
        long value = (zigzag >>> 1) ^ -(zigzag & 1);
        for (long zeros = written & ZEROS_AT_MOST; zeros > 0; zeros--) {
            value *= 10;
        }
        return value;
    }
}
