package org.citystream.gateway.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Since when intake has been uninterrupted and its backlog drained: the {@code since} of ticks. While it is not, sensors
 * cannot be told silent from unheard, and {@code since} moves along with the clock. Thread-safe.
 *
 * <p>Drained is not guessed but sounded: the gateway sends messages to itself through the broker's queue for its session.
 * When one that was sent after the interruption comes back, all that was queued before it has come through. One that
 * stays away too long means that intake stands still, whatever the reason. Where the broker does not allow soundings,
 * five quiet seconds in a row have to do.
 */
public final class IntakeContinuity {
    private static final Duration OVERDUE = Duration.ofSeconds(10);
    private static final int QUIET_SECONDS = 5;

    private record Sounding(String payload, Instant sentAt, long interruptionsBefore) {}

    private final String origin;
    private final Deque<Sounding> under = new ArrayDeque<>();
    private long interruptions;
    private long sent;
    private boolean refused;
    private int quietSeconds;
    private @Nullable Instant drainedAt;

    /**
     * @param origin what nobody else can know, so that only our own soundings count
     */
    public IntakeContinuity(String origin) {
        this.origin = origin;
    }

    /** Intake stopped, or something may have been missed: a lost connection, a lost session, a stalled Kafka. */
    public synchronized void interrupted() {
        interruptions++;
        drainedAt = null;
        quietSeconds = 0;
    }

    /** The connection is gone, and the soundings under way with it. */
    public synchronized void disconnected() {
        interrupted();
        under.clear();
    }

    /** The payload of a sounding that is sent now. */
    public synchronized String sound(Instant wallNow) {
        sent++;
        String payload = origin + "-" + sent;
        if (!refused) {
            under.addLast(new Sounding(payload, wallNow, interruptions));
        }
        return payload;
    }

    /** The broker does not allow soundings. */
    public synchronized void soundingRefused() {
        refused = true;
        under.clear();
    }

    /** Whether soundings are not allowed. */
    public synchronized boolean isSoundingRefused() {
        return refused;
    }

    /**
     * A sounding came back.
     *
     * @param clockNow the deployment's clock, null while there is none
     * @return how long it took, which is how far intake lies behind; empty if it is none of those under way
     */
    public synchronized Optional<Duration> returned(String payload, Instant wallNow, @Nullable Instant clockNow) {
        if (under.stream().noneMatch(sounding -> sounding.payload().equals(payload))) {
            return Optional.empty();
        }
        Sounding first = under.removeFirst();
        while (!first.payload().equals(payload)) {
            first = under.removeFirst();
        }
        if (clockNow != null && drainedAt == null && first.interruptionsBefore() == interruptions) {
            drainedAt = clockNow;
        }
        return Optional.of(Duration.between(first.sentAt(), wallNow));
    }

    /**
     * To be called once a second.
     *
     * @param quiet nothing is waiting for its acknowledgement
     */
    public synchronized void second(Instant wallNow, @Nullable Instant clockNow, boolean quiet) {
        Sounding oldest = under.peekFirst();
        if (oldest != null
                && drainedAt != null
                && Duration.between(oldest.sentAt(), wallNow).compareTo(OVERDUE) > 0) {
            interrupted();
        }
        quietSeconds = quiet ? quietSeconds + 1 : 0;
        if (refused && clockNow != null && drainedAt == null && quietSeconds >= QUIET_SECONDS) {
            drainedAt = clockNow;
        }
    }

    /** Whether intake is interrupted, or still working off what piled up meanwhile. */
    public synchronized boolean isBehind() {
        return drainedAt == null;
    }

    /** The {@code since} of a tick at this clock. */
    public synchronized Instant since(Instant clockNow) {
        return drainedAt == null ? clockNow : drainedAt;
    }
}
