package org.citystream.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "a/b,     a/b,     true",
        "a/b,     a/b/c,   false",
        "a/+,     a/b,     true",
        "a/+,     a,       false",
        "a/+,     a/b/c,   false",
        "+/+,     /b,      true",
        "a/#,     a,       true",
        "a/#,     a/b/c,   true",
        "#,       a/b/c,   true",
        "#,       $SYS/x,  false",
        "a/+/c,   a/b/d,   false"
    })
    void matchesAsMqttSays(String filter, String topic, boolean matches) {
        assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "a/+,       +/b,     true",
        "a/#,       a/b/c,   true",
        "#,         a,       true",
        "a/b,       a/c,     false",
        "+/x/#,     city/#,  true",
        "v3/+/up,   city/#,  false",
        "a,         a/b,     false",
        "a,         a/#,     true"
    })
    void overlapsIfSomeTopicIsMeantByBoth(String one, String other, boolean overlaps) {
        assertThat(new TopicFilter(one).overlaps(new TopicFilter(other))).isEqualTo(overlaps);
        assertThat(new TopicFilter(other).overlaps(new TopicFilter(one))).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#/b", "a+/b", "a/b#", "$share/g/a", "a\0b"})
    void textsThatAreNoFilterAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicFilter(text));
    }
}
