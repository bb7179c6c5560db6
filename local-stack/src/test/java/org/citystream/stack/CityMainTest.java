package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CityMainTest {
    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void useAnEmptyCheckout() {
        System.setProperty("city.home", home.toString());
    }

    @AfterEach
    void forgetIt() {
        System.clearProperty("city.home");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --bogus",
                "up --replay DIR --scenario accident",
                "up --no-simulator --speed 2",
                "up --no-simulator --ledger",
                "up --no-simulator --city grid",
                "up --replay DIR --seed 4",
                "up --speed -1",
                "up --speed fast",
                "up --speed Infinity",
                "up --port-offset -5",
                "jobs",
                "jobs deploy --flink http://flink:8081",
                "webhook",
                "rules",
                "rules apply",
                "rules rollback",
                "sensors import",
                "sensors retire",
                "rules rollback ring first",
                "silences",
                "silences add --corridor ring",
                "routes",
                "logs",
                "rejected",
                "rejected list --limit 0",
                "alerts list --limit -1",
                "alerts list --alerting nonsense",
                "webhook deliveries wh-1 --limit many",
                "webhook listen --port 70000",
                "webhook listen --port 0 --secret not!base64",
                "nonsense"
            })
    void wrongUsageIsTwoAndSaysWhatIsWrong(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "topics apply",
                "jobs list",
                "alerts list",
                "rules list",
                "rules show ring@2",
                "rules rollback ring",
                "webhook list",
                "silences list",
                "routes show",
                "sensors export",
                "sensors retire loop-1",
                "logs kafka"
            })
    void withoutAStackCommandsFailAndSayHowToStartOne(String line) {
        assertThat(run(line)).isEqualTo(1);
        assertThat(err.toString()).contains("no stack is running").contains("what to do: start one: ./city up");
    }

    @Test
    void stoppingNothingIsDone() {
        assertThat(run("down")).isZero();
    }

    @Test
    void statusAsJsonIsAnObjectEvenWithoutAStack() {
        assertThat(run("status --json")).isEqualTo(1);
        assertThat(out.toString().trim()).isEqualTo("{\"services\":[]}");
    }

    @Test
    void aDirectoryOfSomethingElseIsNotUsed() throws Exception {
        Path own = Files.createDirectories(home.resolve("own"));
        Files.writeString(own.resolve("thesis.txt"), "do not touch");

        assertThat(run("up --port-offset 20000 --data-dir " + own)).isEqualTo(1);
        assertThat(err.toString()).contains("is not a CityStream data directory");
    }

    @Test
    void filesThatCannotBeUsedAreNamed() {
        Path nowhere = home.resolve("nowhere").resolve("received.jsonl");

        assertThat(run("webhook listen --port 0 --log " + nowhere)).isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot use " + nowhere + ": there is no such file or directory")
                .contains("what to do: ");
    }

    @Test
    void aFolderIsNoFileOfSensors() {
        assertThat(run("sensors import " + home)).isEqualTo(1);
        assertThat(err.toString()).contains("cannot read " + home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics apply", "rejected list", "jobs deploy --flink http://flink:8081"})
    void anAddressThatIsNoneIsWrongUsage(String command) {
        assertThat(run(command + " --kafka nonsense")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'--kafka'")
                .contains("must be HOST:PORT, or several separated by commas, but is 'nonsense'")
                .doesNotContain("Exception");
    }

    @Test
    void aBrokerThatCannotBeFoundIsNoFaultOfOurs() {
        assertThat(run("topics apply --kafka broker.invalid:9092")).isEqualTo(1);
        assertThat(err.toString())
                .contains("Kafka at broker.invalid:9092 refused: No resolvable")
                .contains("what to do: check --kafka")
                .doesNotContain("Exception");
    }

    private int run(String line) {
        CommandLine commandLine = CityMain.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(line.split(" "));
    }
}
