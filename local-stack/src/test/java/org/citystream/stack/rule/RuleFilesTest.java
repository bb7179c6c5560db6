package org.citystream.stack.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.stack.failure.CityFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
    private static final String NO2 = "{id: %s, kind: air-exceedance, pollutant: no2, above: %s, consecutive-hours: 3}";

    @TempDir
    Path place;

    @Test
    void yamlAndJsonBecomeOneDocument() throws Exception {
        Path yaml =
                file("a.yaml", "- " + NO2.formatted("one", "200 ug/m3") + "\n---\n" + NO2.formatted("two", "1 mg/m3"));
        Path json = file("b.json", """
                {"id": "three", "kind": "air-exceedance", "pollutant": "no2", "above": "200 ug/m3", "consecutive-hours": 1}
                """);

        List<Rule> rules =
                RuleCodec.readDocument(RuleFiles.read(List.of(yaml, json)).toString());

        assertThat(rules).extracting(Rule::id).containsExactly("one", "two", "three");
        assertThat(rules.get(0).hash())
                .as("what is sent is what the file says")
                .isEqualTo(RuleCodec.readDocument(NO2.formatted("one", "200 ug/m3"))
                        .get(0)
                        .hash());
    }

    @Test
    void limitsThatShipWithTheProductAreNamedInsteadOfAFile() throws Exception {
        List<Rule> rules = RuleCodec.readDocument(RuleFiles.read(List.of(Path.of("who-2021"), Path.of("eu-2024-2881")))
                .toString());

        assertThat(rules).extracting(Rule::id).contains("who-pm25-day", "eu2024-no2-alert");
    }

    @Test
    void everyProblemOfEveryFileIsNamedByFileAndPath() throws IOException {
        Path one = file("one.yaml", "- " + NO2.formatted("one", "200 bananas") + "\n- {id: two, kind: congestion}");
        Path two = file("two.yaml", "- " + NO2.formatted("three", "200 ug/m3") + "\n  - : [");

        assertThatThrownBy(() -> RuleFiles.read(List.of(one, two, place.resolve("three.yaml"))))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("refused whole, nothing has been changed")
                .hasMessageContaining(one + ": [0].above: ")
                .hasMessageContaining(one + ": [1].enter: is required")
                .hasMessageContaining(one + ": [1].exit: is required")
                .hasMessageContaining(two + ": not readable: ")
                .hasMessageContaining(place.resolve("three.yaml") + ": there is no such file")
                .hasMessageContaining("eu-2024-2881, who-2021");
    }

    @Test
    void aRuleInTwoFilesIsAProblem() throws IOException {
        Path one = file("one.yaml", NO2.formatted("same", "200 ug/m3"));
        Path two = file("two.yaml", NO2.formatted("same", "300 ug/m3"));

        assertThatThrownBy(() -> RuleFiles.read(List.of(one, two)))
                .hasMessageContaining(two + ": rule 'same' is in " + one + " too");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(place.resolve(name), text);
    }
}
