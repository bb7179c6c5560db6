package org.citystream.model.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citystream.model.wire.WireName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/rules.md} are rules that can be applied as they stand. */
class DocumentedRulesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern HASH = Pattern.compile("<!-- rule-hash -->\n```bash\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory = Path.of("");

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
    void whoRecomputesAHashAsDocumentedHasTheSame() throws Exception {
        assumeTrue(isInstalled("jq"), "jq is not installed (Debian: apt-get install jq)");
        Matcher block = HASH.matcher(Files.readString(Path.of("..", "docs", "rules.md")));
        assertThat(block.find()).isTrue();
        for (Rule rule : RuleCodec.defaultRules()) {
            Files.write(directory.resolve("rule.json"), RuleCodec.write(rule));
            assertThat(bash(block.group(1))).as(rule.id()).startsWith(rule.hash() + " ");
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private String bash(String script) throws Exception {
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
