package org.citystream.testsupport.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random breakages of an input: bytes flipped, cut out, doubled, spliced with others, numbers made huge. */
final class Breakage {
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[[",
            "}}",
            "\"\"",
            "1e400",
            "-1e-400",
            "NaN",
            "99999999999999999999",
            "\u0000",
            "\"a\":1,\"a\":2",
            "\\ud800",
            "-",
            "0");

    private Breakage() {}

    /** The input broken in one to four places; always alike for one seed. */
    static byte[] of(byte[] input, long seed) {
        Random random = new Random(seed);
        byte[] bytes = input;
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(40));
        return switch (random.nextInt(4)) {
            case 0 -> spliced(bytes, from, to, new byte[0]);
            case 1 -> spliced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case 2 ->
                spliced(
                        bytes,
                        from,
                        Math.min(bytes.length, from + random.nextInt(4)),
                        TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8));
            default -> flipped(bytes, random);
        };
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] result = new byte[from + between.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(between, 0, result, from, between.length);
        System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
        return result;
    }
}
