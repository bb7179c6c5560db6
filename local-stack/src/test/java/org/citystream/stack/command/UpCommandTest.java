package org.citystream.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandTest {
    @TempDir
    Path directory;

    @Test
    void withoutOptionsLindholmIsSimulated() {
        assertThat(simulator()).containsExactly("simulate", "--scenario", "accident", "--backfill");
    }

    @Test
    void anotherCityIsHandedOn() {
        assertThat(simulator("--city", "grid:rows=3", "--seed", "7", "--vary", "--scenario", "storm"))
                .containsExactly(
                        "simulate",
                        "--scenario",
                        "storm",
                        "--backfill",
                        "--city",
                        "grid:rows=3",
                        "--seed",
                        "7",
                        "--vary");
    }

    @Test
    void aCityFileIsNamedWhole() throws IOException {
        Path file = Files.writeString(directory.resolve("town.yaml"), "id: town\n");
        Path relative = Path.of("").toAbsolutePath().relativize(file);

        assertThat(simulator("--city", relative.toString()))
                .endsWith("--city", relative.toAbsolutePath().toString());
    }

    private static List<String> simulator(String... arguments) {
        UpCommand up = new UpCommand();
        new CommandLine(up).parseArgs(arguments);
        return up.source().arguments();
    }
}
