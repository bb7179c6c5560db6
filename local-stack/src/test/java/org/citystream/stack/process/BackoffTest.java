package org.citystream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void pausesDoubleUpToHalfAMinute() {
        assertThat(backoff.afterDeath(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.afterDeath(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            backoff.afterDeath(Duration.ZERO);
        }
        assertThat(backoff.afterDeath(Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aMinuteOfLifeStartsOver() {
        backoff.afterDeath(Duration.ZERO);
        backoff.afterDeath(Duration.ZERO);

        assertThat(backoff.afterDeath(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(500));
    }
}
