package org.citystream.simulator.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How the deployment's clock follows the wall clock: from an anchor on, at a speed; what lies before is due at once.
 * Thread-safe.
 *
 * @param clockAnchor deployment's clock at the anchor
 * @param wallAnchor wall clock at the anchor
 * @param speed clock seconds per wall second; infinite: everything is due at once
 */
public record Pace(Instant clockAnchor, Instant wallAnchor, double speed, InstantSource wall) {
    public Pace {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0 but is " + speed);
        }
    }

    /** No waiting at all. */
    public static Pace unlimited(InstantSource wall) {
        return new Pace(Instant.EPOCH, Instant.EPOCH, Double.POSITIVE_INFINITY, wall);
    }

    public boolean isUnlimited() {
        return Double.isInfinite(speed);
    }

    /** The deployment's clock, if nothing holds it back. */
    public Instant now() {
        if (isUnlimited()) {
            return Instant.MAX;
        }
        Duration since = Duration.between(wallAnchor, wall.instant());
        return clockAnchor.plusMillis((long) (since.toMillis() * speed));
    }

    /** Wall time until the clock reaches a moment; zero or negative: it is due. */
    public Duration until(Instant moment) {
        if (isUnlimited()) {
            return Duration.ZERO;
        }
        double millis = Duration.between(now(), moment).toMillis() / speed;
        return Duration.ofMillis((long) Math.ceil(Math.max(-1e12, Math.min(1e12, millis))));
    }

    /** The speed to announce: while everything is due at once, nobody should extrapolate faster than real time. */
    public double announced() {
        return isUnlimited() ? 1 : speed;
    }
}
