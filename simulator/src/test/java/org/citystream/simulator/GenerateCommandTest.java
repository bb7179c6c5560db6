package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.citystream.simulator.plan.CityFile;
import org.citystream.simulator.plan.Lindholm;
import org.citystream.simulator.plan.Variation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void theFileHoldsTheCityAndTheAnswerItsSize() {
        Path file = directory.resolve("town.yaml");

        assertThat(run("grid:rows=2,columns=2,stations=3", "--to", file.toString()))
                .isZero();

        assertThat(out.toString()).contains("8 roads, 40 detectors, 3 air stations");
        assertThat(CityFile.read(file).id()).isEqualTo("grid");
    }

    @Test
    void aVariedCityIsTheOneOfTheSeed() {
        Path file = directory.resolve("varied.yaml");

        assertThat(run("lindholm", "--vary", "--seed", "8", "--to", file.toString()))
                .isZero();

        assertThat(CityFile.read(file)).isEqualTo(Variation.of(8).of(Lindholm.plan()));
    }

    @Test
    void withoutAFileTheCityIsPrinted() {
        assertThat(run("lindholm")).isZero();

        assertThat(out.toString()).startsWith("id: lindholm").contains("- id: lind-ring");
    }

    @Test
    void whatIsUnknownIsWrongUsage() {
        assertThat(run("gird:rows=3")).isEqualTo(2);

        assertThat(err.toString()).contains("there is no city file").contains("grid:rows=6,columns=8");
    }

    private int run(String... arguments) {
        return new CommandLine(new GenerateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
