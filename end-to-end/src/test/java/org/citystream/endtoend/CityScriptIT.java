package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    @CsvSource({"--scenario, flood, no scenario 'flood'", "--city, gird, there is no city file"})
    void aCityThatIsNotUnderstoodIsNotStarted(String option, String value, String problem) throws Exception {
        Path data = directory.resolve("data");
        ProcessBuilder builder = new ProcessBuilder(
                        CHECKOUT.resolve("city").toString(),
                        "up",
                        "--detach",
                        option,
                        value,
                        "--data-dir",
                        data.toString())
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
