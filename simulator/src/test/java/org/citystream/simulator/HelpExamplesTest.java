package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} gives as examples is what the commands take. */
class HelpExamplesTest {
    private static final String CITY = "./city ";
    /** Files and secrets of somebody else's. */
    private static final List<String> NOT_HERE = List.of("town.yaml", "ca.pem", "$");

    private static Map<String, CommandLine> commands() {
        return Map.of(
                "simulate", SimulatorMain.simulate(),
                "replay", new CommandLine(new ReplayConfig()),
                "capture", new CommandLine(new CaptureCommand(Clock.systemUTC())),
                "generate", new CommandLine(new GenerateCommand()));
    }

    static List<String> examples() {
        return commands().values().stream()
                .flatMap(command ->
                        Stream.of(command.getCommandSpec().usageMessage().footer()))
                .map(String::strip)
                .filter(line -> line.startsWith(CITY))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isUnderstood(String example) {
        List<String> words = new ArrayList<>(
                Arrays.asList(example.substring(CITY.length()).replace("\"", "").split(" +")));
        String command = words.remove(0);
        String[] options = words.toArray(String[]::new);
        CommandLine parser = Objects.requireNonNull(commands().get(command), command);
        // As the commands are run.
        parser.setCaseInsensitiveEnumValuesAllowed(true);
        parser.parseArgs(options);
        if (command.equals("simulate") && NOT_HERE.stream().noneMatch(example::contains)) {
            assertThat(SimulatorMain.check(command, options)).isZero();
        }
    }
}
