package org.citystream.analytics.sensortrust;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a sensor's messages came in, by the deployment's clock: how far apart it uploads, and how old its newest readings
 * are when they come. Immutable.
 *
 * @param lastMillis of the newest message, ms since 1970; {@link Long#MIN_VALUE}: none yet
 * @param gapsMillis between its last uploads, oldest first, at most {@link #GAPS}
 * @param lags of the last minutes in which it was heard, oldest first, at most {@link #LAGS}
 */
public record Arrivals(long lastMillis, List<Long> gapsMillis, List<Lag> lags) {
    static final int GAPS = 8;
    static final int LAGS = 10;
    static final Arrivals NONE = new Arrivals(Long.MIN_VALUE, List.of(), List.of());

    private static final int GAPS_NEEDED = 6;
    private static final long SHORTEST_INTERVAL_MILLIS = 10_000;
    private static final long MINUTE_MILLIS = 60_000;
    /** The gateway lets clocks be ahead by as much. */
    private static final long TOLERATED_MILLIS = 2 * MINUTE_MILLIS;

    private static final int LATE_MINUTES_NEEDED = 3;
    private static final int LATE_OVER_MINUTES = 5;

    /**
     * One minute.
     *
     * @param minute since 1970
     * @param leastMillis age of the youngest reading that came in it
     */
    public record Lag(long minute, long leastMillis) {}

    /** A clock that is behind. */
    record Behind(long byMillis, long sinceMillis) {}

    /** @param newestBefore newest observed time before this message */
    Arrivals next(long arrivedAtMillis, long observedAtMillis, long newestBefore) {
        return new Arrivals(
                Math.max(lastMillis, arrivedAtMillis),
                gaps(arrivedAtMillis, observedAtMillis, newestBefore),
                lags(arrivedAtMillis, observedAtMillis));
    }

    /** After a message that says nothing of when it was measured. */
    Arrivals heard(long arrivedAtMillis) {
        return new Arrivals(Math.max(lastMillis, arrivedAtMillis), gapsMillis, lags);
    }

    /** Readings that were kept and come together are one upload: they lie closer in arrival than in time. */
    private List<Long> gaps(long arrivedAt, long observedAt, long newestBefore) {
        if (lastMillis == Long.MIN_VALUE || newestBefore == Long.MIN_VALUE) {
            return gapsMillis;
        }
        long gap = arrivedAt - lastMillis;
        long measured = observedAt - newestBefore;
        return measured <= 0 || 2 * gap < measured ? gapsMillis : newest(gapsMillis, gap, GAPS);
    }

    private List<Lag> lags(long arrivedAt, long observedAt) {
        long minute = Math.floorDiv(arrivedAt, MINUTE_MILLIS);
        long lag = arrivedAt - observedAt;
        if (lags.isEmpty() || lags.get(lags.size() - 1).minute() < minute) {
            return newest(lags, new Lag(minute, lag), LAGS);
        }
        Lag last = lags.get(lags.size() - 1);
        return newest(
                lags.subList(0, lags.size() - 1), new Lag(last.minute(), Math.min(last.leastMillis(), lag)), LAGS);
    }

    /**
     * The time between uploads that the sensor has shown: the second longest of the last, so that one pause does not count.
     * Empty before it has shown enough.
     */
    Optional<Duration> learnedInterval() {
        if (gapsMillis.size() < GAPS_NEEDED) {
            return Optional.empty();
        }
        long second = gapsMillis.stream()
                .sorted(Comparator.reverseOrder())
                .skip(1)
                .findFirst()
                .orElse(0L);
        return Optional.of(Duration.ofMillis(Math.max(SHORTEST_INTERVAL_MILLIS, second)));
    }

    /**
     * Whether the sensor's clock is behind: over several minutes even the youngest reading was too old when it came.
     * Whoever keeps readings and uploads them later has young ones among them.
     *
     * @param intakeSinceMillis what came before may have waited for us
     */
    Optional<Behind> behind(long intakeSinceMillis, Duration uploadInterval) {
        long tolerated = Math.max(TOLERATED_MILLIS, 2 * uploadInterval.toMillis());
        int first = lags.size();
        long least = Long.MAX_VALUE;
        while (first > 0
                && lags.get(first - 1).leastMillis() > tolerated
                && lags.get(first - 1).minute() >= Math.floorDiv(intakeSinceMillis, MINUTE_MILLIS)) {
            first--;
            least = Math.min(least, lags.get(first).leastMillis());
        }
        if (lags.size() - first < LATE_MINUTES_NEEDED
                || lags.get(lags.size() - 1).minute() - lags.get(first).minute() < LATE_OVER_MINUTES) {
            return Optional.empty();
        }
        return Optional.of(new Behind(least, lags.get(first).minute() * MINUTE_MILLIS));
    }

    private static <T> List<T> newest(List<T> before, T now, int atMost) {
        List<T> all = new ArrayList<>(before);
        all.add(now);
        return List.copyOf(all.subList(Math.max(0, all.size() - atMost), all.size()));
    }
}
