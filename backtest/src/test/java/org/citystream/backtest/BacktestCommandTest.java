package org.citystream.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Rules tried on a {@link RecordedMorning}. */
class BacktestCommandTest {
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
    void records() throws IOException {
        RecordedMorning.write(directory.resolve("morning"));
        Files.writeString(directory.resolve("calmer.yaml"), RecordedMorning.CALMER_RULE);
        Files.writeString(directory.resolve("truth.csv"), """
                start,end,kind,subjectType,subject,corridor,fromM,toM,severity,cause
                2026-11-23T09:00:00Z,2026-11-23T09:20:00Z,congestion,road-segment,loop-1,,,,severe,accident
                """);
    }

    private int backtest(String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "backtest",
                "--rules",
                directory.resolve("calmer.yaml").toString(),
                "--readings",
                directory.resolve("morning").toString(),
                "--out",
                directory.resolve("out").toString()));
        arguments.addAll(List.of(more));
        CommandLine command =
                BacktestMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments.toArray(String[]::new));
    }

    @Test
    void aLongerDwellRaisesOneEpisodeLessAndTheOtherLater() throws IOException {
        assertThat(backtest("--json")).as(err.toString()).isZero();

        JsonNode report =
                JsonCodec.read(out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class);
        JsonNode rule = report.path("rules").path("segment-congestion");
        assertThat(rule.path("only-left").asInt())
                .as("the crawl of four minutes")
                .isEqualTo(1);
        assertThat(rule.path("changed").asInt())
                .as("the standstill, told seven minutes later")
                .isEqualTo(1);
        assertThat(report.path("left").path("alerts").asInt()).isEqualTo(2);
        assertThat(report.path("right").path("alerts").asInt()).isEqualTo(1);
        assertThat(directory.resolve("out/episodes.csv"))
                .content()
                .hasLineCount(4)
                .contains("2026-11-23T09:10:00Z");
        assertThat(directory.resolve("out/differences.csv")).content().contains("only-left,left,segment-congestion");
        assertThat(directory.resolve("out/report.json")).exists();
    }

    @Test
    void truthSaysWhatItIsWorth() {
        assertThat(backtest("--truth", directory.resolve("truth.csv").toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("roads: 1 of 1 detected (100.0 %), 1 false alarms, 180.0 s to detect")
                .contains("roads: 1 of 1 detected (100.0 %), 0 false alarms, 600.0 s to detect");
    }

    @Test
    void whatWasToldBeforeFromIsForPractice() {
        assertThat(backtest("--from", "2026-11-23T08:30:00Z", "--warm-up", "PT2H"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("left : 1 episodes", "right: 1 episodes")
                .doesNotContain("warm-up until");
    }

    @Test
    void aHistoryThatBeginsInMidStreamIsSaidToDoSo() {
        assertThat(backtest()).isZero();

        assertThat(out.toString()).contains("warm-up until 2026-11-24T06:01:00Z", "(warm-up)");
    }

    @Test
    void mistakesAreTold() {
        assertThat(backtest("--from", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("'yesterday' is no time");
    }
}
