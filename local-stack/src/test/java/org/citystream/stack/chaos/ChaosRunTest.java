package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;
import org.citystream.stack.alerting.AlertingClient;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.state.ProcessIdentity;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.state.StackState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosRunTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void nobodyBreaksWhatSomebodyElseBreaks() throws Exception {
        DataDirectory data = new DataDirectory(directory);
        Running stack = new Running(data, new StackState("up", ProcessIdentity.current(), 0, List.of()));
        ChaosRun run = new ChaosRun(new ChaosRun.Settings(1, Pace.ONE_BY_ONE, 1, 0), options -> true, line -> {});

        try (FileLock somebodyElses = data.chaosLock().orElseThrow()) {
            assertThat(somebodyElses.isValid()).isTrue();
            assertThatThrownBy(() -> run.onStack(stack, new AlertingClient("http://127.0.0.1:1", "none")))
                    .isInstanceOf(CityFailure.class)
                    .hasMessageContaining("another run breaks the services of " + directory);
        }
    }
}
