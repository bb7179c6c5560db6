package org.citystream.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a rule, from the topic they were written to, over a {@link RecordedMorning}. */
class RulesDiffCommandTest {
    private static final String RULE = "segment-congestion";

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void twoVersions() throws InvalidRuleException {
        KAFKA.empty(Topics.RULES, Topics.SENSORS);
        Rule shipped = RuleCodec.defaultRules().stream()
                .filter(rule -> rule.id().equals(RULE))
                .findFirst()
                .orElseThrow();
        Rule calmer = RuleCodec.readDocument(RecordedMorning.CALMER_RULE).get(0);
        write(shipped.withVersion(1, Instant.EPOCH));
        write(calmer.withVersion(2, Instant.parse("2026-11-23T12:00:00Z")));
    }

    private static void write(Rule rule) {
        KAFKA.produce(Topics.RULES.name(), rule.key(), RuleCodec.write(rule));
    }

    private int diff(String rule, String left, String right, String... more) {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("rules-diff", rule, left, right, "--kafka-bootstrap-servers", KAFKA.bootstrapServers()));
        arguments.addAll(List.of(more));
        return BacktestMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void bothVersionsHoldFromTheStart() throws Exception {
        RecordedMorning.write(directory.resolve("morning"));

        int status = diff(
                RULE,
                "1",
                "2",
                "--json",
                "--readings",
                directory.resolve("morning").toString(),
                "--out",
                directory.resolve("out").toString());

        assertThat(status).as(err.toString()).isZero();
        JsonNode report = JsonCodec.read(out.toString().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        JsonNode rule = report.path("rules").path(RULE);
        assertThat(rule.path("only-left").asInt())
                .as("the crawl of four minutes")
                .isEqualTo(1);
        assertThat(rule.path("changed").asInt())
                .as("the standstill, told seven minutes later")
                .isEqualTo(1);
        assertThat(report.path("rules").size())
                .as("the other rules are left out")
                .isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(diff("no-such-rule", "1", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no rule 'no-such-rule'", "./city rules list");

        assertThat(diff(RULE, "1", "9")).isEqualTo(1);
        assertThat(err.toString()).contains("has no version 9", "./city rules show " + RULE);
    }
}
