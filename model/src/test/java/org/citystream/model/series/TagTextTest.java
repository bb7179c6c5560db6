package org.citystream.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "loop-0421", "a\\", "a\n\r\tb", "100%", "%41", "%%", "\0\u007f", "𝒳 \u202e'\"", "%5C"})
    void whatIsEncodedComesBack(String text) {
        String encoded = TagText.encoded(text);

        assertThat(encoded).doesNotContain("\\", "\n", "\r", "\0");
        assertThat(TagText.decoded(encoded)).isEqualTo(text);
    }

    @Test
    void idsOfTheContractStayAsTheyAre() {
        assertThat(TagText.encoded("Ring-1.a_b:2")).isEqualTo("Ring-1.a_b:2");
        assertThat(TagText.encoded("a\\%\n")).isEqualTo("a%5C%25%0A");
    }

    @Test
    void aPercentSignWrittenByOthersStandsForItself() {
        assertThat(TagText.decoded("100%")).isEqualTo("100%");
        assertThat(TagText.decoded("%zz%4")).isEqualTo("%zz%4");
    }
}
