package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static long taken(RateLimit limit, String sensor, int tries, Instant at) {
        return IntStream.range(0, tries).filter(i -> limit.take(sensor, at, at)).count();
    }

    @Test
    void aBurstIsAllowedAndThenTheRate() {
        RateLimit limit = new RateLimit(2, 5);
        assertThat(taken(limit, "a", 10, NOON)).isEqualTo(5);
        assertThat(taken(limit, "a", 10, NOON.plusMillis(499))).isZero();
        assertThat(taken(limit, "a", 10, NOON.plusMillis(500))).isEqualTo(1);
        assertThat(taken(limit, "a", 10, NOON.plusSeconds(60))).isEqualTo(5);
    }

    @Test
    void sensorsDoNotShare() {
        RateLimit limit = new RateLimit(1, 1);
        assertThat(taken(limit, "a", 3, NOON)).isEqualTo(1);
        assertThat(taken(limit, "b", 3, NOON)).isEqualTo(1);
    }

    @Test
    void aClockSetBackNeitherFillsNorEmptiesTheBucket() {
        RateLimit limit = new RateLimit(1, 2);
        assertThat(taken(limit, "a", 1, NOON)).isEqualTo(1);
        assertThat(taken(limit, "a", 5, NOON.minusSeconds(3_600))).isEqualTo(1);
    }

    @Test
    void timeThatASensorObservedCountsAsTimeThatPassed() {
        RateLimit limit = new RateLimit(1, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(limit.take("queued", NOON, NOON.minusSeconds(100 - i))).isTrue();
        }
        assertThat(limit.take("queued", NOON, NOON.minusSeconds(1))).isFalse();
        assertThat(limit.take("queued", NOON.plusSeconds(1), NOON.minusSeconds(1)))
                .isTrue();
    }

    @Test
    void timeToldForthAndBackIsNoTime() {
        RateLimit limit = new RateLimit(1, 5);
        long taken = IntStream.range(0, 1_000)
                .filter(i -> limit.take("liar", NOON, i % 2 == 0 ? NOON : NOON.minusSeconds(3_600)))
                .count();
        assertThat(taken).isEqualTo(5);
    }

    @Test
    void offByDefault() {
        RateLimit limit = RateLimit.none();
        assertThat(taken(limit, "a", 10_000, NOON)).isEqualTo(10_000);
        assertThat(limit.size()).isZero();
    }

    @Test
    void memoryIsBoundedHoweverManySensorsThereAre() {
        RateLimit limit = new RateLimit(1, 1);
        for (int i = 0; i <= RateLimit.MAX_SENSORS + 10; i++) {
            limit.take("sensor-" + i, NOON, NOON);
        }
        assertThat(limit.size()).isEqualTo(RateLimit.MAX_SENSORS);
        assertThat(limit.take("sensor-" + RateLimit.MAX_SENSORS, NOON, NOON))
                .as("the last one is remembered")
                .isFalse();
    }
}
