package org.citystream.testsupport.arrival;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/** Moments drawn at random. */
final class RandomTimes {
    private RandomTimes() {}

    static Instant wholeMinute(Instant from, Instant to, Random random) {
        long minutes = Duration.between(from, to).toMinutes();
        return from.truncatedTo(ChronoUnit.MINUTES).plus((long) (random.nextDouble() * minutes), ChronoUnit.MINUTES);
    }
}
