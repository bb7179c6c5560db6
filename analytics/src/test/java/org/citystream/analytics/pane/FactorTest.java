package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sums of a cell have in common is written once, and never costs exactness. */
class FactorTest {
    private static byte[] sum(long sum, long factor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Factor.writeSum(sum, factor, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static long readSum(long factor, byte[] bytes) throws IOException {
        return Factor.readSum(factor, new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void itIsTheGreatestCommonDivisorWhateverSignsAndZerosStandAmongTheSums() {
        assertThat(Factor.of(new long[] {12_000, 18_000})).isEqualTo(6_000);
        assertThat(Factor.of(new long[] {-4_500, 0, 3_000})).isEqualTo(1_500);
        assertThat(Factor.of(new long[] {0, 7_000})).isEqualTo(7_000);
    }

    @Test
    void fewerThanAThousandAreNotWorthWriting() {
        assertThat(Factor.of(new long[] {1_000, 2_000})).isEqualTo(1_000);
        assertThat(Factor.of(new long[] {999, 1_998})).isEqualTo(Factor.NONE);
        assertThat(Factor.of(new long[] {0, 0})).isEqualTo(Factor.NONE);
        assertThat(Factor.of(new long[] {Long.MIN_VALUE})).isEqualTo(Factor.NONE);
    }

    /** Of 64 bits three count zeros, one is the sign, and one more is left to be safe. */
    @Test
    void oneThatLeavesNoRoomForTheCountOfZerosIsNone() {
        long largest = (1L << 58) - 1;
        assertThat(Factor.of(new long[] {largest})).isEqualTo(largest);
        assertThat(Factor.of(new long[] {largest + 1})).isEqualTo(Factor.NONE);
    }

    /** Zigzag, three bits to the left, and the number of zeros there; seven bits a byte, the lowest first. */
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 10",
        "-1, 08",
        "7, 70",
        "120, c101",
        "-120, b901",
        "10000000, 17",
        "100000000, a701",
    })
    void zerosAtTheEndAreCountedInsteadOfWritten(long value, String bytes) throws IOException {
        long factor = 6_000;
        assertThat(HexFormat.of().formatHex(sum(value * factor, factor))).isEqualTo(bytes);
        assertThat(readSum(factor, HexFormat.of().parseHex(bytes))).isEqualTo(value * factor);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Factor.write(value, new DataOutputStream(written));
        assertThat(HexFormat.of().formatHex(written.toByteArray())).isEqualTo(bytes);
    }

    @Test
    void withoutAFactorASumIsANumberLikeOthers() throws IOException {
        assertThat(sum(-64, Factor.NONE)).containsExactly(127);
        assertThat(readSum(Factor.NONE, new byte[] {127})).isEqualTo(-64);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1})
    void theLargestSumsAreExactWithTheSmallestFactorTheyHave(long sum) throws IOException {
        long factor = Factor.of(new long[] {sum, 1_024});
        assertThat(readSum(factor, sum(sum, factor))).isEqualTo(sum);
    }
}
