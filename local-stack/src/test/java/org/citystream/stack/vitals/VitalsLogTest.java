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
        try (VitalsLog log = VitalsLog.in(directory)) {
            for (int i = 0; i < 9; i++) {
                log.add(new Vitals(
                        EIGHT.plusSeconds(i), "gateway", i < 5 ? 17 : 18, 20_000_000 + i * 1_000_000L, 30, 90 + i));
            }

            assertThat(log.lines().get(1)).matches(" +gateway +9 +2 +21.0 -> +27.0 +30 -> +30 +91 -> +97");
        }
        assertThat(Files.readAllLines(directory.resolve("vitals.csv")))
                .hasSize(10)
                .element(1)
                .isEqualTo("2026-11-23T08:00:00Z,gateway,17,20000000,30,90");
    }

    @Test
    void aCheckpointThatIsSeenTwiceIsOne() throws Exception {
        try (VitalsLog log = VitalsLog.in(directory)) {
            assertThat(log.lines().get(1)).contains("none was seen");

            log.add(List.of(took("a", 1, 100), took("a", 2, 300)));
            log.add(List.of(took("a", 2, 300), took("b", 2, 900)));

            assertThat(log.lines().get(1)).contains("3 seen, p50 300 ms, p99 900 ms, longest 900 ms");
        }
        assertThat(Files.readAllLines(directory.resolve("checkpoints.csv")))
                .containsExactly(
                        "begun_at,job_id,number,took_ms",
                        "2026-11-23T08:00:00Z,a,1,100",
                        "2026-11-23T08:00:00Z,a,2,300",
                        "2026-11-23T08:00:00Z,b,2,900");
    }

    @Test
    void whoIsBehindShows() throws Exception {
        try (VitalsLog log = VitalsLog.in(directory)) {
            for (long pending : new long[] {40, 7000, 60, 0}) {
                log.add(new Lag(EIGHT, "traffic-job", pending));
            }

            assertThat(log.lines())
                    .last()
                    .isEqualTo("  records not read yet by traffic-job: p50 40, most 7000, at last 0");
        }
        assertThat(Files.readAllLines(directory.resolve("lag.csv")))
                .hasSize(5)
                .element(2)
                .isEqualTo("2026-11-23T08:00:00Z,traffic-job,7000");
    }

    private static CheckpointTime took(String job, long number, long millis) {
        return new CheckpointTime(job, number, EIGHT, Duration.ofMillis(millis));
    }
}
