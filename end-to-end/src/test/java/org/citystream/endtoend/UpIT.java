package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./city up} whose user changes their mind. */
class UpIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory = Path.of("");

    @Test
    void endingADetachedStartStopsWhatItHasStarted() throws Exception {
        Path output = directory.resolve("up.out");
        String data = directory.resolve("data").toString();
        String offset = Integer.toString(CityStack.freeOffset());
        Process up = CityCommand.start(
                output, List.of("up", "--detach", "--no-simulator", "--data-dir", data, "--port-offset", offset));
        // What is up by then is one of several that have been started.
        await().atMost(PATIENCE).until(() -> Files.readString(output).contains(" up  "));

        try {
            up.destroy();

            assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output))
                    .contains("CityStream: stopped; the data stay in " + data)
                    .doesNotContain("is up", "fail");
            assertThat(status(data)).contains("no stack runs on " + data);
            assertThat(processesOf(data)).as("processes left").isEmpty();
        } finally {
            CityCommand.run(PATIENCE, List.of("down", "--data-dir", data));
        }
    }

    private static String status(String data) throws Exception {
        return CityCommand.run(PATIENCE, List.of("status", "--data-dir", data)).text();
    }

    private static List<String> processesOf(String data) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(data))
                .toList();
    }
}
