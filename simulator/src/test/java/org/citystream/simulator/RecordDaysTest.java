package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citystream.recordings.TruthFile;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.testsupport.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate --to DIR} as it is called. */
class RecordDaysTest {
    private static final Clock WALL = Clock.fixed(Instant.parse("2026-11-25T10:20:30Z"), ZoneOffset.UTC);

    private final StringWriter out = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void aFolderHoldsReadingsSensorsAndTruth() throws Exception {
        Path folder = directory.resolve("recording");

        record("--to", folder.toString(), "--start", "2026-11-24T07:00:00Z", "--duration", "PT90M");

        assertThat(out.toString()).contains("14,220 traffic readings and 216 air readings from 2026-11-24T07:00:00Z");
        assertThat(TruthFile.read(folder.resolve("truth.csv"))).anySatisfy(row -> {
            assertThat(row.kind()).isEqualTo("incident");
            assertThat(row.subject()).isEqualTo("lind-ring");
        });
        assertThat(Files.readString(folder.resolve("sensors.geojson"))).contains("lind-ring-01");
    }

    /** Nothing of it hangs on the process, such as the order of a hash. */
    @Test
    void theSameSeedGivesTheSameBytesInAnotherProcess() throws Exception {
        List<String> options = List.of(
                "--scenario=accident+smog-episode",
                "--city=varied",
                "--seed=7",
                "--start=2026-11-24T07:00:00Z",
                "--duration=PT30M");
        for (String folder : List.of("one", "two")) {
            List<String> arguments = new ArrayList<>(List.of("simulate", "--to=" + directory.resolve(folder)));
            arguments.addAll(options);
            try (ChildJvm child =
                    ChildJvm.start(List.of("-Xmx200m"), SimulatorMain.class, arguments.toArray(String[]::new))) {
                assertThat(child.awaitEnd()).isZero();
            }
        }
        for (String file : List.of("traffic.csv", "air.csv", "sensors.geojson", "truth.csv")) {
            assertThat(directory.resolve("two").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve("one").resolve(file));
        }
    }

    @Test
    void withoutAStartItIsTheTimeUpToNow() throws Exception {
        record("--to", directory.resolve("a").toString(), "--city", "varied", "--seed", "3", "--duration", "PT10M");

        assertThat(out.toString()).contains("from 2026-11-25T10:00:00Z, PT10M");
    }

    @Test
    void whatIsWrongIsToldBeforeAnythingIsWritten() {
        Path folder = directory.resolve("b");

        assertThatThrownBy(() -> record("--to", folder.toString(), "--city", "gird"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no city file");
        assertThatThrownBy(() -> record("--to", folder.toString(), "--scenario", "flood"))
                .hasMessageContaining("no scenario 'flood'");
        assertThat(folder).doesNotExist();
    }

    private void record(String... arguments) throws ConfigurationException {
        SimulateConfig config = new SimulateConfig();
        Configuration.load(config, arguments, SimulatorMain.VARIABLES, Map.of());
        new RecordDays(config, WALL).run(new PrintWriter(out, true));
    }
}
