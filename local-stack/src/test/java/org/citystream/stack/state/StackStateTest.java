package org.citystream.stack.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.state.StackState.ServiceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackStateTest {
    private static final ProcessIdentity ALIVE = ProcessIdentity.current();
    private static final ProcessIdentity REUSED_NUMBER =
            new ProcessIdentity(ALIVE.pid(), ALIVE.startedAt().minusSeconds(3600));

    @TempDir
    Path place;

    @Test
    void theFileGivesBackWhatWasWritten() {
        StateFile file = new StateFile(place.resolve("stack.json"));
        assertThat(file.read()).isEmpty();
        StackState state = new StackState(
                "up",
                ALIVE,
                3000,
                List.of(
                        new ServiceState("kafka", "up", ALIVE, "127.0.0.1:12092", "ok", 2),
                        new ServiceState("gateway", "down", null, "", "waiting", 0)));

        file.write(state);

        assertThat(file.read()).contains(state);
        assertThat(state.ports().mqtt()).isEqualTo(4883);
    }

    @Test
    void aDamagedFileIsToldWithItsRemedy() throws IOException {
        Path file = Files.writeString(place.resolve("stack.json"), "{");

        assertThatThrownBy(() -> new StateFile(file).read())
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void aLaterProcessWithTheSameNumberIsNotOurs() {
        assertThat(ALIVE.find()).isPresent();
        assertThat(REUSED_NUMBER.find()).isEmpty();
    }

    @Test
    void theOnlyStackThatRunsIsFoundByItself() {
        DataDirectory data = running("a", 0, ALIVE);
        running("b", 1000, REUSED_NUMBER);

        assertThat(stacks().find(null, OptionalInt.empty()).data()).isEqualTo(data);
    }

    @Test
    void amongSeveralTheOffsetOrTheDirectoryDecides() {
        DataDirectory a = running("a", 0, ALIVE);
        DataDirectory b = running("b", 1000, ALIVE);

        assertThatThrownBy(() -> stacks().find(null, OptionalInt.empty()))
                .hasMessageContaining("several stacks are running")
                .hasMessageContaining("--data-dir");
        assertThat(stacks().find(null, OptionalInt.of(1000)).data()).isEqualTo(b);
        assertThat(stacks().find(a.root(), OptionalInt.empty()).data()).isEqualTo(a);
    }

    @Test
    void withoutAStackTheRemedyIsToStartOne() {
        running("b", 1000, REUSED_NUMBER);

        assertThatThrownBy(() -> stacks().find(null, OptionalInt.empty())).hasMessageContaining("./city up");
        assertThat(stacks().findIfAny(null, OptionalInt.empty())).isEmpty();
    }

    private RunningStacks stacks() {
        return new RunningStacks(new Checkout(place.resolve("checkout")));
    }

    private DataDirectory running(String name, int offset, ProcessIdentity supervisor) {
        DataDirectory data = DataDirectory.open(place.resolve(name));
        new StateFile(data.stateFile()).write(new StackState("up", supervisor, offset, List.of()));
        stacks().add(data);
        return data;
    }
}
