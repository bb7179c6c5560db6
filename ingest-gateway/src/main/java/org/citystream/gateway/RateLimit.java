package org.citystream.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One token bucket for each sensor: what a sensor sends beyond its rate is refused once its burst is used up. A bucket is
 * filled by the time that passes between a sensor's messages, at our door or by their observation, whichever is more:
 * what queued while we were away, a batch that a station uploads, and a replay of days within hours arrive at once and
 * are no flood. A sensor that lies about its times gains its rate once more, beside what its first lie reaches back. Keeps the sensors that
 * sent last; one forgotten and back again starts with a full bucket. One thread.
 */
final class RateLimit {
    /** About 20 MB of buckets. */
    static final int MAX_SENSORS = 100_000;

    private static final class Bucket {
        private double tokens;
        private Instant receivedAt;
        private Instant observedAt;

        private Bucket(double tokens, Instant receivedAt, Instant observedAt) {
            this.tokens = tokens;
            this.receivedAt = receivedAt;
            this.observedAt = observedAt;
        }

        /** Time since the last message; moves on to this one. */
        private Duration passed(Instant received, Instant observed) {
            Duration atOurDoor = Duration.between(receivedAt, received);
            Duration bySensor = Duration.between(observedAt, observed);
            receivedAt = received;
            // Out of order is no new time; else forth and back would fill the bucket.
            observedAt = bySensor.isNegative() ? observedAt : observed;
            return atOurDoor.compareTo(bySensor) > 0 ? atOurDoor : bySensor;
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

    /**
     * Whether the sensor may send one more; if so, it has.
     *
     * @param observedAt as the reading says, within bounds that the caller sets
     */
    boolean take(String sensorId, Instant receivedAt, Instant observedAt) {
        if (perSecond <= 0) {
            return true;
        }
        Bucket bucket = buckets.computeIfAbsent(sensorId, id -> new Bucket(burst, receivedAt, observedAt));
        forgetOldest();
        Duration passed = bucket.passed(receivedAt, observedAt);
        if (!passed.isNegative()) {
            double seconds = passed.getSeconds() + passed.getNano() / 1e9;
            bucket.tokens = Math.min(burst, bucket.tokens + perSecond * seconds);
        }
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
