package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborTagsTest {
    @ParameterizedTest
    @CsvSource({
        // As many as are allowed, and one more; short ones and long ones.
        "c1 x 16, 01, false",
        "c1 x 17, 01, true",
        "d801 x 17, 01, true",
        "dbffffffffffffffff x 17, 01, true",
        "d8c1 x 16, 01, false",
        // Counted anew for each value.
        "c101 x 40, 01, false",
        "8101 x 40, 01, false",
        // Bytes that look like tags within texts and byte strings, of every length of length.
        "51, c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1, false",
        "7811, c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1, false",
        "590011, c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1, false",
        "7a00000011, c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1, false",
        // Behind them they are tags again, and in chunks without end.
        "4101, c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c101, true",
        "5f4101ff, c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c101, true",
        // Lengths beyond the end, and beyond what a long holds, are the parser's business.
        "5bffffffffffffffff, c1, false",
        "5b7fffffffffffffff, c1, false",
        "7affffffff, c1, false",
        "d9, 01, false",
        "'', '', false"
    })
    void valuesWithMoreTagsThanLevelsAreFound(String head, String rest, boolean tooDeep) {
        String[] repeated = head.split(" x ");
        String hex = repeated.length == 2 ? repeated[0].repeat(Integer.parseInt(repeated[1])) : head;
        assertThat(CborTags.areTooDeep(HexFormat.of().parseHex(hex + rest))).isEqualTo(tooDeep);
    }
}
