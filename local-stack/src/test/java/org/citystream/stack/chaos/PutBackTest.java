package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citystream.stack.process.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutBackTest {
    private final List<String> said = new ArrayList<>();

    @TempDir
    Path directory = Path.of("");

    @Test
    void oneThatCannotBeContinuedKeepsNobodyElseStanding() throws Exception {
        Component stuck = paused("gateway", "exit 7");
        Component standing = paused("kafka", "touch " + directory.resolve("kafka-goes-on"));
        List<String> closed = new ArrayList<>();

        new PutBack(
                        List.of(stuck, standing),
                        List.of(
                                () -> {
                                    throw new IllegalStateException("the load is stuck");
                                },
                                () -> closed.add("receiver")),
                        said::add)
                .run();

        assertThat(directory.resolve("kafka-goes-on")).exists();
        assertThat(closed).containsExactly("receiver");
        assertThat(said)
                .satisfiesExactly(
                        gateway -> assertThat(gateway)
                                .startsWith(
                                        "not everything could be put back: the command for gateway ended with 7: exit 7"),
                        load -> assertThat(load).isEqualTo("not everything could be put back: the load is stuck"));
    }

    private static Component paused(String name, String carryOn) throws InterruptedException {
        Component component =
                new CommandedComponent(name, Map.of(FaultKind.PAUSE, "true"), carryOn, Readiness.alive(), Proof.READY);
        component.inflict(FaultKind.PAUSE);
        return component;
    }
}
