package org.citystream.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FullJitterTest {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    @Test
    void delaysSpreadUpToABoundThatDoublesUntilTheLongest() {
        for (int seed = 0; seed < 200; seed++) {
            FullJitter jitter = new FullJitter(FIRST, LONGEST, new Random(seed));
            for (long bound : new long[] {500, 1_000, 2_000, 4_000, 4_000}) {
                assertThat(jitter.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(bound));
            }
            jitter.reset();
            assertThat(jitter.next()).isLessThanOrEqualTo(FIRST);
        }
    }
}
