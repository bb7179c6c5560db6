package org.citystream.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One token bucket for each sensor: what a sensor sends beyond its rate is refused once its burst is used up. Keeps the
 * sensors that sent last; one forgotten and back again starts with a full bucket. One thread.
 */
final class RateLimit {
    /** About 10 MB of buckets. */
    static final int MAX_SENSORS = 100_000;

    private static final class Bucket {
        private double tokens;
        private Instant filledAt;

        private Bucket(double tokens, Instant filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    private final double perSecond;
    private final double burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param perSecond readings a sensor may send in the long run; 0: any number
     * @param burst readings it may send at once, at least 1
     */
    RateLimit(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** No limit. */
    static RateLimit none() {
        return new RateLimit(0, 1);
    }

    /** Whether the sensor may send one more now; if so, it has. */
    boolean take(String sensorId, Instant now) {
        if (perSecond <= 0) {
            return true;
        }
        Bucket bucket = buckets.computeIfAbsent(sensorId, id -> new Bucket(burst, now));
        forgetOldest();
        Duration since = Duration.between(bucket.filledAt, now);
        if (!since.isNegative()) {
            bucket.tokens = Math.min(burst, bucket.tokens + perSecond * since.toNanos() / 1e9);
        }
        bucket.filledAt = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    private void forgetOldest() {
        if (buckets.size() > MAX_SENSORS) {
            Iterator<String> oldest = buckets.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Sensors remembered. */
    int size() {
        return buckets.size();
    }
}
