package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which readings were counted is read as it was written, in few bytes: thousands of cells hold it for hours. */
class SeenCodecTest {
    /** The count of words, the boot, and the number of the word. */
    private static final int HEAD = 1 + 8 + 1;

    private static byte[] written(long... seen) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SeenCodec.write(seen, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static long[] read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        long[] seen = SeenCodec.read(in);
        assertThat(in.available()).isZero();
        return seen;
    }

    @ParameterizedTest
    @CsvSource({
        "one number,                 1,                1",
        "the last of a word,         8000000000000000, 1",
        "two,                        5,                2",
        "two in a row,               3,                2",
        "three in a row,             7,                2",
        "three in a row at the end,  e000000000000000, 2",
        "a whole word,               ffffffffffffffff, 2",
        "all but the first,          fffffffffffffffe, 2",
        "a row and one apart,        17,               4",
        "eight apart,                5555,             8",
        "nine apart,                 15555,            9",
        "none,                       0,                9",
    })
    void numbersOfAWordTakeFewBytes(String what, String bits, int length) throws IOException {
        long[] seen = {77, 3, Long.parseUnsignedLong(bits, 16)};
        byte[] bytes = written(seen);
        assertThat(read(bytes)).as(what).isEqualTo(seen);
        assertThat(bytes).as(what).hasSize(HEAD + length);
    }

    @Test
    void furtherWordsOfABootTakeTwoBytesAndAnotherBootBeginsAnew() throws IOException {
        long[] seen = {77, 3, 1, 77, 4, 1, 77, 9, 2, 78, 10, 1, 78, 2, 1, 78, 2, 4};
        byte[] bytes = written(seen);
        assertThat(read(bytes)).isEqualTo(seen);
        assertThat(bytes).hasSize(HEAD + 1 + 2 * 2 + 3 * (1 + 8 + 1 + 1));
    }

    @Test
    void nothingTakesOneByte() throws IOException {
        assertThat(read(written())).isEmpty();
        assertThat(written()).hasSize(1);
    }

    @Test
    void anyIdentitiesAreReadAsTheyWereWritten() throws IOException {
        Random random = new Random(20_261_128);
        for (int round = 0; round < 1_000; round++) {
            long[] seen = new long[3 * random.nextInt(5)];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = random.nextBoolean() ? random.nextInt(4) : random.nextLong() >> random.nextInt(64);
            }
            assertThat(read(written(seen))).isEqualTo(seen);
        }
    }

    @Test
    void aReadingWithoutABootIsKnownByItsTime() {
        Cell cell = new Cell("loop-1", 0, 1);
        long observedAt = 1_795_420_800_063L;
        cell.register(new Observation(
                "ring-1", "loop-1", 0, observedAt, 60_000, Identity.NO_BOOT, observedAt, 1, new long[] {1}));

        assertThat(SeenCodec.only(observedAt)).isEqualTo(cell.seen);
        assertThat(SeenCodec.isOnly(cell.seen, observedAt)).isTrue();
        assertThat(SeenCodec.isOnly(cell.seen, observedAt + 1)).isFalse();
        assertThat(SeenCodec.isOnly(cell.seen, observedAt + 64)).isFalse();
        assertThat(SeenCodec.isOnly(new long[0], observedAt)).isFalse();
        assertThat(SeenCodec.isOnly(new long[] {7, observedAt >> 6, cell.seen[2]}, observedAt))
                .isFalse();
    }
}
