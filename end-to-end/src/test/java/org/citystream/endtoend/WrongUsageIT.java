package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the programs behind {@code ./city} can judge is judged before anything is started. */
class WrongUsageIT {
    private static final Path CITY = Path.of("..").toAbsolutePath().normalize().resolve("city");

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"--scenario, flood, no scenario 'flood'", "--city, gird, there is no city file"})
    void aCityThatIsNotUnderstoodIsNotStarted(String option, String value, String problem) throws Exception {
        Path data = directory.resolve("data");
        ProcessBuilder builder = new ProcessBuilder(
                        CITY.toString(), "up", "--detach", option, value, "--data-dir", data.toString())
                .redirectErrorStream(true);
        builder.environment().put("CITY_NO_BUILD", "true");
        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(problem);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(data).doesNotExist();
    }
}
