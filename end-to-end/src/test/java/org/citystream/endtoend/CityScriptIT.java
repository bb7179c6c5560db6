package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citystream.endtoend.CityCommand.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./city} of this checkout, as far as no stack need run. */
class CityScriptIT {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LIBRARIES = Pattern.compile("/lib/\\{([^}]+)}-\\*\\.jar");

    @TempDir
    Path directory = Path.of("");

    /** A name that matches nothing is passed over by the shell, and missed only by the command that needs it. */
    @Test
    void everyLibraryItNamesIsThere() throws Exception {
        Matcher named = LIBRARIES.matcher(Files.readString(CHECKOUT.resolve("city")));
        assertThat(named.find()).as("the script names its libraries").isTrue();
        try (Stream<Path> files = Files.list(CHECKOUT.resolve("local-stack/target/lib"))) {
            List<String> jars = files.map(file -> file.getFileName().toString()).toList();
            for (String name : named.group(1).split(",")) {
                assertThat(jars)
                        .as("library %s", name)
                        .anyMatch(jar -> jar.startsWith(name + "-") && jar.endsWith(".jar"));
            }
        }
    }

    /** What only the programs behind the script can judge is judged before anything is started. */
    @ParameterizedTest
    @CsvSource({
        "--scenario flood, no scenario 'flood'",
        "--city gird, there is no city file",
        "--replay nowhere, there is no folder",
        "--replay docs, no recording is recognised in"
    })
    void aSourceThatIsNotUnderstoodIsNotStarted(String source, String problem) throws Exception {
        Output output = withoutStack("up --detach " + source);

        assertThat(output.text()).contains(problem).doesNotContain("starting");
        assertThat(output.status()).isEqualTo(2);
        assertThat(directory.resolve("data")).doesNotExist();
    }

    /** It would stay wrong if a stack ran; nobody is to start one first to learn so. */
    @ParameterizedTest
    @CsvSource({
        "simulate --bogus, unknown setting '--bogus'",
        "replay, name the folder to replay",
        "capture recording --history --source mqtt, an MQTT broker keeps none",
        "verify --kafka-user jobs, kafka-user and kafka-password-file are for kafka-security-protocol",
        "verify --chaos 1 --bogus, Unknown option: '--bogus'",
        "reproduce, Missing required parameter: 'EVENT_ID'",
        "backtest --rules file --bogus, Unknown option: '--bogus'"
    })
    void wrongUsageIsToldBeforeAStackIsMissed(String command, String problem) throws Exception {
        Output output = withoutStack(command);

        assertThat(output.text()).contains(problem).doesNotContain("no stack runs");
        assertThat(output.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate --speed 2", "reproduce 3f0a"})
    void rightUsageWithoutAStackFailsAndSaysHowToStartOne(String command) throws Exception {
        Output output = withoutStack(command);

        assertThat(output.text()).contains("no stack runs on").contains("what to do: start one: ./city up");
        assertThat(output.status()).isEqualTo(1);
    }

    @Test
    void whoOnlyAsksWhetherItIsUnderstoodNeedsNoStack() throws Exception {
        Output output = withoutStack("verify --chaos 1 --check");

        assertThat(output.text()).isEmpty();
        assertThat(output.status()).isZero();
    }

    private Output withoutStack(String command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--data-dir", directory.resolve("data").toString()));
        return CityCommand.run(Duration.ofMinutes(1), arguments);
    }
}
