package org.citystream.model.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citystream.model.wire.WireName;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/rules.md} are rules that can be applied as they stand. */
class DocumentedRulesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleIsARuleAndEveryKindHasOne() throws Exception {
        Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "rules.md")));
        List<Rule> rules = new ArrayList<>();
        while (examples.find()) {
            rules.addAll(RuleCodec.readDocument(examples.group(1)));
        }

        Set<String> ids = new HashSet<>();
        assertThat(rules)
                .allSatisfy(rule -> assertThat(ids.add(rule.id()))
                        .as("%s occurs once", rule.id())
                        .isTrue());
        assertThat(rules).extracting(Rule::kind).contains(RuleKind.values());
    }

    @Test
    void everyWordOfAListOfWordsIsKnown() throws Exception {
        String text = Files.readString(Path.of("..", "docs", "rules.md")).replaceAll("\\s+", " ");

        assertThat(text)
                .contains("`" + String.join(", ", AirIndex.EUROPEAN.levels()) + "`")
                .contains("`" + String.join(", ", AirIndex.US_AQI.levels()) + "`")
                .contains(names(Severity.values()), names(Condition.Aggregate.values()), names(Pollutant.values()));
    }

    private static String names(Enum<?>[] constants) {
        List<String> names = new ArrayList<>();
        for (Enum<?> constant : constants) {
            names.add(WireName.of(constant));
        }
        return "`" + String.join(", ", names);
    }
}
