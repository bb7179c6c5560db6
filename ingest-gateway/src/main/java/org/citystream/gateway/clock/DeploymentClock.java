package org.citystream.gateway.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.citystream.model.reading.ClockState;
import org.jspecify.annotations.Nullable;

/**
 * What this deployment calls now. It never runs backwards: whatever would set it back leaves it where it stands.
 *
 * <p>With a wall source it is the wall clock. With a published source it stands where the publisher, read in the order
 * in which the broker delivers, last put it; a reading from anybody else is stamped with an extrapolation of at most
 * {@link #MAX_EXTRAPOLATION} of wall time and {@link #MAX_LEAD} of clock, because a publisher that has died must not
 * leave a clock running at 600 times real time. Before the first published time there is no clock. Thread-safe.
 */
public final class DeploymentClock {
    /** One published time may go missing; they come once a second. */
    static final Duration MAX_EXTRAPOLATION = Duration.ofSeconds(2);

    /**
     * However fast the clock runs, an extrapolation leads the publisher by no more than this: the publisher's own
     * readings may still be on their way, and a clock that overtakes them by hours makes them late.
     */
    static final Duration MAX_LEAD = Duration.ofSeconds(25);

    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final Duration LEAST_FUTURE_TOLERANCE = Duration.ofMinutes(2);
    private static final double MAX_SPEED = 1_000_000;

    private final ClockSource source;
    private final InstantSource wall;
    private @Nullable Instant newest;
    private @Nullable Instant published;
    private @Nullable Instant publishedAtWall;
    private @Nullable Instant refused;
    private double speed = 1;
    private String sourceName = "wall";

    public DeploymentClock(ClockSource source, InstantSource wall) {
        this.source = source;
        this.wall = wall;
        if (source == ClockSource.PUBLISHED) {
            sourceName = "simulated";
        }
    }

    /** Takes up where an earlier gateway left off: the clock will not stand before this. */
    public synchronized void resume(Instant lowerBound) {
        advanceTo(lowerBound);
    }

    /** As {@link #resume(Instant)}, and with the speed it ran at. */
    public synchronized void resume(ClockState last) {
        advanceTo(last.now());
        if (source == ClockSource.PUBLISHED) {
            pace(last.speed(), last.source());
        }
    }

    /** A trusted publisher's periodic announcement. With a wall source it is ignored. */
    public synchronized void announced(ClockState state) {
        if (source == ClockSource.PUBLISHED) {
            pace(state.speed(), state.source());
            take(state.now());
        }
    }

    /**
     * The clock a reading is stamped with.
     *
     * @param claimed the time a trusted publisher sent with it; null for everybody else
     * @return empty while there is no clock
     */
    public synchronized Optional<Instant> stamp(@Nullable Instant claimed) {
        if (source == ClockSource.WALL) {
            advanceTo(wall.instant());
        } else if (claimed != null) {
            take(claimed);
        } else {
            extrapolate();
        }
        return Optional.ofNullable(newest);
    }

    /**
     * The clock for a tick: no earlier than any stamp given before, no later than any given hereafter. A published clock
     * is not extrapolated here, so that time never overtakes readings which are still on their way.
     */
    public synchronized Optional<Instant> now() {
        if (source == ClockSource.WALL) {
            advanceTo(wall.instant());
        }
        return Optional.ofNullable(newest);
    }

    /** How far ahead of its stamp a reading may have been observed: 2 min, or 2 s of wall time at this speed. */
    public synchronized Duration futureTolerance() {
        Duration atSpeed = scaled(MAX_EXTRAPOLATION);
        return atSpeed.compareTo(LEAST_FUTURE_TOLERANCE) > 0 ? atSpeed : LEAST_FUTURE_TOLERANCE;
    }

    /** Clock seconds per wall second. */
    public synchronized double speed() {
        return speed;
    }

    /** {@code wall}, {@code simulated} or {@code replay}. */
    public synchronized String sourceName() {
        return sourceName;
    }

    /** Why the clock cannot be relied on, with the remedy. */
    public synchronized Optional<String> problem() {
        Instant stand = newest;
        if (stand == null) {
            return Optional.empty();
        }
        if (source == ClockSource.WALL) {
            Instant here = wall.instant();
            return Duration.between(here, stand).compareTo(TOLERANCE) > 0
                    ? Optional.of("the wall clock reads " + here + " but this deployment's clock already stands at "
                            + stand + "; correct the host's clock, or start with an empty data directory")
                    : Optional.empty();
        }
        return refused == null
                ? Optional.empty()
                : Optional.of(
                        "a published clock of " + refused + " is refused because this deployment's clock stands at "
                                + stand + "; give an earlier replay a data directory of its own");
    }

    /**
     * All that was queued before the last interruption has come through. What of it was refused was published before, and
     * says nothing of a publisher that runs now.
     */
    public synchronized void backlogWorkedOff() {
        refused = null;
    }

    private void pace(double clockSecondsPerSecond, @Nullable String name) {
        if (clockSecondsPerSecond >= 0 && clockSecondsPerSecond <= MAX_SPEED) {
            speed = clockSecondsPerSecond;
        }
        sourceName = "replay".equals(name) ? "replay" : "simulated";
    }

    private void take(Instant claimed) {
        boolean behind = newest != null && claimed.plus(futureTolerance()).isBefore(newest);
        refused = behind ? claimed : null;
        advanceTo(claimed);
        if (published == null || claimed.isAfter(published)) {
            published = claimed;
            publishedAtWall = wall.instant();
        }
    }

    private void extrapolate() {
        if (published == null || publishedAtWall == null) {
            return;
        }
        Duration elapsed = Duration.between(publishedAtWall, wall.instant());
        if (elapsed.isNegative()) {
            return;
        }
        Duration lead = scaled(elapsed.compareTo(MAX_EXTRAPOLATION) > 0 ? MAX_EXTRAPOLATION : elapsed);
        advanceTo(published.plus(lead.compareTo(MAX_LEAD) > 0 ? MAX_LEAD : lead));
    }

    private Duration scaled(Duration wallTime) {
        return Duration.ofMillis((long) (wallTime.toMillis() * speed));
    }

    private void advanceTo(Instant time) {
        if (newest == null || time.isAfter(newest)) {
            newest = time;
        }
    }
}
