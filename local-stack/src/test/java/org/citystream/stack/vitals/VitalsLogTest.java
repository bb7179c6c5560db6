package org.citystream.stack.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.stack.flink.FlinkRest.CheckpointTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalsLogTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    Path directory = Path.of("");

    @Test
    void whatGrowsShows() throws Exception {
        Path file = directory.resolve("vitals.csv");
        try (VitalsLog log = VitalsLog.at(file)) {
            for (int i = 0; i < 9; i++) {
                log.add(new Vitals(
                        EIGHT.plusSeconds(i), "gateway", i < 5 ? 17 : 18, 20_000_000 + i * 1_000_000L, 30, 90 + i));
            }

            assertThat(log.lines().get(1)).matches(" +gateway +9 +2 +21.0 -> +27.0 +30 -> +30 +91 -> +97");
        }
        assertThat(Files.readAllLines(file))
                .hasSize(10)
                .element(1)
                .isEqualTo("2026-11-23T08:00:00Z,gateway,17,20000000,30,90");
    }

    @Test
    void aCheckpointThatIsSeenTwiceIsOne() throws Exception {
        try (VitalsLog log = VitalsLog.at(directory.resolve("vitals.csv"))) {
            assertThat(log.lines().get(1)).contains("none was seen");

            log.add(List.of(took("a", 1, 100), took("a", 2, 300)));
            log.add(List.of(took("a", 2, 300), took("b", 2, 900)));

            assertThat(log.lines().get(1)).contains("3 seen, p50 300 ms, p99 900 ms, longest 900 ms");
        }
    }

    private static CheckpointTime took(String job, long number, long millis) {
        return new CheckpointTime(job, number, Duration.ofMillis(millis));
    }
}
