package org.citystream.stack.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plain {\"\"a\"\":1}",
                "Århus 東京 🚦",
            })
    void whatCanBeSeenStays(String text) {
        assertThat(Escaped.line(text)).isEqualTo(text);
    }

    @Test
    void whatMovesTheCursorColoursOrTurnsTextIsEscaped() {
        assertThat(Escaped.line("\u001b[2J\u0007\u009b31m")).isEqualTo("\\u001b[2J\\u0007\\u009b31m");
        assertThat(Escaped.line("a\nb\r\tc\\n")).isEqualTo("a\\nb\\r\\tc\\\\n");
        assertThat(Escaped.line("\u202egnp\u2028\u200b")).isEqualTo("\\u202egnp\\u2028\\u200b");
        assertThat(Escaped.line("\ud800")).as("half a character").isEqualTo("\\ud800");
    }

    @Test
    void whateverTheBytesNothingThatControlsATerminalComesOut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThat(Escaped.line(new String(bytes, StandardCharsets.UTF_8)))
                    .as("seed %d", seed)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
            assertThat(Escaped.hex(bytes).replace("\n", "")).as("seed %d", seed).matches("[ -~]*");
        }
    }

    @Test
    void bytesThatAreNoTextAreNotCalledText() {
        assertThat(Escaped.text(new byte[] {(byte) 0xff, 'a'})).isEmpty();
        assertThat(Escaped.text("é".getBytes(StandardCharsets.UTF_8))).contains("é");
    }

    @Test
    void hexadecimalIsAsHexdumpPrintsIt() {
        assertThat(Escaped.hex("0123456789abcdef\u0001A".getBytes(StandardCharsets.US_ASCII)))
                .isEqualToNormalizingNewlines("""
                        00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|
                        00000010  01 41                                            |.A|
                        """);
    }

    @Test
    void longTextsAreCut() {
        assertThat(Escaped.line("x".repeat(50), 10)).isEqualTo("xxxxxxx...");
    }
}
