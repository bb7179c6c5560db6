package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final List<PlannedFault> PLAN = Stream.of("kafka", "gateway", "mqtt", "mqtt", "kafka")
            .map(component -> new PlannedFault(1, component, FaultKind.KILL, Duration.ZERO, Duration.ZERO))
            .toList();

    @Test
    void oneByOneIsTheRule() {
        assertThat(rounds(1)).containsExactly("kafka", "gateway", "mqtt", "mqtt", "kafka");
    }

    @Test
    void noComponentHasTwoFaultsAtOnce() {
        assertThat(rounds(2)).containsExactly("kafka gateway", "mqtt", "mqtt kafka");
        assertThat(rounds(3)).containsExactly("kafka gateway mqtt", "mqtt kafka");
    }

    private static List<String> rounds(int atOnce) {
        return new Pace(atOnce, Duration.ZERO)
                .rounds(PLAN).stream()
                        .map(round -> String.join(
                                " ", round.stream().map(PlannedFault::component).toList()))
                        .toList();
    }
}
