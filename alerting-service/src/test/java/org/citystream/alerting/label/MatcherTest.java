package org.citystream.alerting.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {
    private static final LabelSet LABELS =
            LabelSet.of(Map.of("kind", "congestion", "severity", "severe", "team", "a \"b\" c\\d", "empty", ""));

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
                    kind=congestion ; true
                    kind = congestion ; true
                    kind="congestion" ; true
                    kind=Congestion ; false
                    kind=congest ; false
                    kind=.* ; false
                    kind!=congestion ; false
                    kind!=incident ; true
                    kind=~congest.* ; true
                    kind=~congest ; false
                    kind=~"incident|congestion" ; true
                    kind!~"incident|congestion" ; false
                    kind!~"air-.*" ; true
                    floor="" ; true
                    floor= ; true
                    empty="" ; true
                    floor!="" ; false
                    floor=~".+" ; false
                    floor!~".+" ; true
                    floor=~".*" ; true
                    team="a \\"b\\" c\\\\d" ; true
                    team=~"a .*" ; true
                    """)
    void itMeetsWhatAlertmanagersWould(String text, boolean met) {
        assertThat(Matcher.parse(text).matches(LABELS)).isEqualTo(met);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind=\"a\\\"b\"", "kind!=\"x\"", "kind=~\"a\\\\d+\"", "kind!~\"\""})
    void asTextItSaysTheSame(String text) {
        assertThat(Matcher.parse(text)).hasToString(text);
        assertThat(Matcher.parse(Matcher.parse(text).toString())).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kind", "=x", "kind=~\"(\"", "kind=\"open", "kind=open\"", "1kind=x", "a b=x"})
    void whatIsNoneIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> Matcher.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("null");
    }
}
