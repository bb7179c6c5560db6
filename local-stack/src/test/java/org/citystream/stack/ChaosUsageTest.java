package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./city verify --chaos} refuses before anything is broken. */
class ChaosUsageTest {
    private static final int WRONG_USAGE = 2;
    private static final String KAFKA = "--kafka-bootstrap-servers=kafka.example:9092";

    @TempDir
    Path directory = Path.of("");

    private CommandLineOnStack city;

    @BeforeEach
    void stack() throws Exception {
        city = new CommandLineOnStack(directory, 0);
    }

    @Test
    void noFaultsAreNone() {
        refuses("--chaos must be at least 1", "--chaos", "0");
        refuses("--rate must be 0 or more messages a second", "--chaos", "1", "--rate", "-1");
        refuses("--at-once must be at least 1", "--chaos", "1", "--at-once", "0");
        refuses("--every must be longer than nothing", "--chaos", "1", "--every", "PT0S");
        refuses("Invalid value for option '--every'", "--chaos", "1", "--every", "2 minutes");
    }

    @Test
    void aDeploymentOfOnesOwnIsBrokenOnlyAsItsOwnerSays() {
        refuses("wants --may-break FILE", "--chaos", "3", KAFKA);
        refuses("and no --rate", "--chaos", "3", "--rate", "5", "--may-break", "file.yaml", KAFKA);
    }

    @Test
    void aFileThatIsNotThereBreaksNothing() {
        int status = city.run(
                "verify",
                "--chaos",
                "3",
                "--may-break",
                directory.resolve("none.yaml").toString(),
                KAFKA);

        assertThat(status).isEqualTo(1);
        assertThat(city.err())
                .contains("nothing has been broken: ")
                .contains("none.yaml")
                .contains("what to do");
    }

    @Test
    void onAStackThereIsAWebhookOfItsOwn() {
        refuses("has a webhook of its own", "--chaos", "3", "--webhook-log", "received.jsonl");
    }

    private void refuses(String reason, String... options) {
        String[] command = new String[options.length + 1];
        command[0] = "verify";
        System.arraycopy(options, 0, command, 1, options.length);

        assertThat(city.run(command)).as(String.join(" ", command)).isEqualTo(WRONG_USAGE);
        assertThat(city.err()).contains(reason);
    }
}
