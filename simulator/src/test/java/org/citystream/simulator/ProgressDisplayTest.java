package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00.250Z");

    private final List<String> terminal = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    private static Progress progress(
            String state, @Nullable Long total, @Nullable Long left, @Nullable String problem) {
        return new Progress(
                "replay", state, state.equals("finished"), 2_000, 1_234, total, 2, EIGHT, 987.6, left, problem);
    }

    private static void seconds(ProgressDisplay display, int count) {
        for (int i = 0; i < count; i++) {
            display.second();
        }
    }

    private ProgressDisplay logging(Supplier<Progress> source) {
        return new ProgressDisplay(source, null, log::add);
    }

    @Test
    void lineTellsHowFarItIsAndHowLongItWillTake() {
        assertThat(ProgressDisplay.line(progress("running", 4_936L, 3_725L, null)))
                .isEqualTo("replay running: 1,234 acknowledged of 4,936 (25 %), 988/s, clock 2026-11-23T08:00:00Z,"
                        + " 1:02:05 left, 2 troubles");
        assertThat(ProgressDisplay.line(progress("running", null, null, "nobody listens")))
                .isEqualTo("replay running: 1,234 acknowledged, 988/s, clock 2026-11-23T08:00:00Z, 2 troubles"
                        + " (nobody listens)");
        assertThat(ProgressDisplay.line(progress("finished", 0L, 0L, null)))
                .contains("of 0 (100 %)")
                .doesNotContain("left");
    }

    @Test
    void terminalHasOneLineThatIsWrittenOverEachSecond() {
        ProgressDisplay display =
                new ProgressDisplay(() -> progress("running", null, null, null), terminal::add, log::add);
        seconds(display, 3);
        assertThat(terminal)
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).startsWith("\r\033[Kreplay running").doesNotContain("\n"));
        assertThat(log).isEmpty();
    }

    @Test
    void logHasALineAtEachChangeAndEveryFiveSecondsWhileTheClockHurries() {
        List<Progress> states = new ArrayList<>(List.of(progress("catching-up", null, null, null)));
        ProgressDisplay display = logging(() -> states.get(states.size() - 1));
        seconds(display, 11);
        assertThat(log).hasSize(3);
        states.add(progress("running", null, null, null));
        seconds(display, 50);
        assertThat(log).as("the change, and at second 60").hasSize(5);
        states.add(progress("finished", null, null, null));
        seconds(display, 120);
        assertThat(log).as("that it has finished is said once").hasSize(6);
    }

    @Test
    void failureOfOneSecondIsNotTheEnd() {
        List<Integer> asked = new ArrayList<>();
        ProgressDisplay display = logging(() -> {
            asked.add(1);
            if (asked.size() == 1) {
                throw new IllegalStateException("not yet");
            }
            return progress("running", null, null, null);
        });
        seconds(display, 2);
        assertThat(log).hasSize(1);
    }
}
