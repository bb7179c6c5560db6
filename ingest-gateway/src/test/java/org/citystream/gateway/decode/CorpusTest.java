package org.citystream.gateway.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message of the corpus, and 300 random breakages of each; {@code -Dmutations=N} for more, {@code -Dmutations.seed=N}
 * for others.
 */
class CorpusTest {
    private static final int MUTATIONS = Integer.getInteger("mutations", 300);
    private static final long SEED = Long.getLong("mutations.seed", 20_261_124);
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

    private static Stream<String> messages() throws Exception {
        return Corpus.messages();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesOfTheCorpusAreAnswered(String message) {
        Corpus.check(message, Samples.bytes(message));
    }

    /** Bytes flipped, cut out, doubled, spliced with others, numbers made huge. */
    @ParameterizedTest
    @MethodSource("messages")
    void brokenOnesAreAnsweredToo(String message) {
        byte[] original = Samples.bytes(message);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(original, new Random(SEED + i));
            try {
                Corpus.check(message, mutated);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + (SEED + i) + " of " + message, e);
            }
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original;
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            bytes = mutatedOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] mutatedOnce(byte[] bytes, Random random) {
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
