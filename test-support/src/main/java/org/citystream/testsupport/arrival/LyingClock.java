package org.citystream.testsupport.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * What a sensor's wrong clock shows.
 *
 * @param offsetMillis how far the clock is off; of a drifting clock: per hour
 * @param from when it was last right, epoch ms; only drifting clocks care
 */
public record LyingClock(Kind kind, long offsetMillis, long from) {
    /** In which way the clock is wrong. */
    public enum Kind {
        MINUTES,
        DAYS,
        STOPPED_IN_1970,
        IN_2106,
        DRIFTING
    }

    private static final long IN_2106 = Duration.between(
                    Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2106-02-07T06:28:15Z"))
            .toMillis();

    /** Any kind, ahead or behind. */
    public static LyingClock random(Random random, long from) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        long sign = random.nextBoolean() ? 1 : -1;
        long offset = switch (kind) {
            case MINUTES, DRIFTING -> sign * (1 + random.nextInt(15)) * 60_000L;
            case DAYS -> sign * (1 + random.nextInt(400)) * 86_400_000L;
            case STOPPED_IN_1970 -> 0;
            case IN_2106 -> IN_2106;
        };
        return new LyingClock(kind, offset, from);
    }

    /** What the clock shows when it is {@code at}, epoch ms. */
    public long shows(long at) {
        return switch (kind) {
            case MINUTES, DAYS, IN_2106 -> at + offsetMillis;
            case STOPPED_IN_1970 -> 0;
            case DRIFTING -> at + (at - from) * offsetMillis / 3_600_000L;
        };
    }
}
