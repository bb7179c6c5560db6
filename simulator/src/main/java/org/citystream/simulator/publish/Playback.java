package org.citystream.simulator.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays readings at a pace. The clock it tells never overtakes a reading: it stands at most at the oldest one that is
 * not acknowledged or not yet sent. {@link #run} belongs to one thread; everything else may be asked from any.
 */
public final class Playback {
    private static final long TEND_MILLIS = 50;

    private final ReadingPublisher publisher;
    private final Pace pace;
    private final @Nullable LoadGate gate;
    private volatile @Nullable Instant next;
    private volatile @Nullable Instant lastSent;
    private volatile boolean stopping;
    private volatile boolean started;

    /** @param load in place of the pace, which should then be unlimited; null: none */
    public Playback(ReadingPublisher publisher, Pace pace, @Nullable LoadShape load) {
        this.publisher = publisher;
        this.pace = pace;
        this.gate = load == null ? null : new LoadGate(load, System::nanoTime);
    }

    /**
     * Plays all readings, then lets the clock run on.
     *
     * @param readings in order of {@code sentAt}
     * @param runOn how long the clock runs on behind the last reading
     * @return whether everything was played and acknowledged; false if it was stopped
     */
    public boolean run(Iterator<Outgoing> readings, Duration runOn) throws InterruptedException {
        while (!stopping && readings.hasNext()) {
            Outgoing reading = readings.next();
            next = reading.sentAt();
            started = true;
            if (!awaitDue(reading.sentAt()) || !awaitTurn()) {
                break;
            }
            publisher.publish(reading);
            lastSent = reading.sentAt();
        }
        boolean acknowledged = flush();
        Instant last = lastSent;
        if (!stopping && acknowledged && last != null) {
            runOn(last, runOn);
        }
        return !stopping;
    }

    private boolean flush() throws InterruptedException {
        while (!stopping) {
            if (publisher.flush(Duration.ofMillis(200))) {
                return true;
            }
        }
        return publisher.flush(Duration.ofSeconds(5));
    }

    /** In a dozen steps where there is no pace, so that the jobs see time pass rather than jump. */
    private void runOn(Instant last, Duration runOn) throws InterruptedException {
        int steps = pace.isUnlimited() ? 12 : 1;
        for (int step = 1; step <= steps && !stopping; step++) {
            Instant until = last.plus(runOn.multipliedBy(step).dividedBy(steps));
            next = until;
            if (pace.isUnlimited()) {
                Thread.sleep(500);
                publisher.tend();
            } else {
                awaitDue(until);
            }
        }
    }

    private boolean awaitDue(Instant moment) throws InterruptedException {
        Duration wait = pace.until(moment);
        while (wait.compareTo(Duration.ZERO) > 0) {
            if (stopping) {
                return false;
            }
            publisher.tend();
            Thread.sleep(Math.min(TEND_MILLIS, wait.toMillis() + 1));
            wait = pace.until(moment);
        }
        return !stopping;
    }

    private boolean awaitTurn() throws InterruptedException {
        if (gate == null) {
            return true;
        }
        while (!gate.tryPass()) {
            if (stopping) {
                return false;
            }
            publisher.tend();
            Thread.sleep(1);
        }
        return true;
    }

    /** Ends {@link #run} soon; what has been sent is still awaited for a few seconds. */
    public void stop() {
        stopping = true;
    }

    /** The deployment's clock as it may be announced; null before the first reading is known. */
    public @Nullable Instant clock() {
        if (!started) {
            return null;
        }
        Instant bound = next;
        Instant clock = pace.now();
        if (bound != null && bound.isBefore(clock)) {
            clock = bound;
        }
        Optional<Instant> oldest = publisher.oldestUnacknowledged();
        return oldest.isPresent() && oldest.get().isBefore(clock) ? oldest.get() : clock;
    }

    /** Whether the clock goes at its own pace now, rather than hurrying through history. */
    public boolean isOnPace() {
        Instant clock = clock();
        return clock != null
                && !pace.isUnlimited()
                && Duration.between(clock, pace.now()).toMillis() < 2_000 * Math.max(1, pace.speed());
    }
}
