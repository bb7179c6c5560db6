package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is tried again, and when an endpoint is given up: the example schedule of Standard Webhooks
 * 1.0, spread by a tenth so that endpoints that come back are not met by all at once.
 */
public final class RetrySchedule {
    /** Delay before the first, second, ... attempt, after the previous one. */
    static final List<Duration> DELAYS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);
    static final Duration GIVE_UP_AFTER = Duration.ofDays(5);

    private static final double SPREAD = 0.1;

    private final DoubleSupplier random;

    /** @param random uniform over [0, 1) */
    public RetrySchedule(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * @param number of the attempt, 1, 2, ...
     * @param now when it ended
     * @param failingSince first failure of the endpoint after its last success, before this attempt
     */
    public Verdict after(int number, Attempt attempt, Instant now, @Nullable Instant failingSince) {
        if (attempt.succeeded()) {
            return new Verdict(DeliveryState.DELIVERED, null, null, null);
        }
        Instant blockedUntil = blockedUntil(attempt, now);
        Instant next = nextAttemptAt(number, now, blockedUntil);
        return new Verdict(
                next == null ? DeliveryState.FAILED : DeliveryState.PENDING,
                next,
                blockedUntil,
                disableReason(attempt, now, failingSince));
    }

    private static @Nullable Instant blockedUntil(Attempt attempt, Instant now) {
        Duration asked = attempt.retryAfter();
        boolean throttled = attempt.status() != null && (attempt.status() == 429 || attempt.status() == 503);
        if (!throttled || asked == null || asked.isNegative() || asked.isZero()) {
            return null;
        }
        return now.plus(asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked);
    }

    private @Nullable Instant nextAttemptAt(int number, Instant now, @Nullable Instant blockedUntil) {
        if (number >= DELAYS.size()) {
            return null;
        }
        double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
        Instant scheduled = now.plusMillis((long) (DELAYS.get(number).toMillis() * factor));
        return blockedUntil != null && blockedUntil.isAfter(scheduled) ? blockedUntil : scheduled;
    }

    private static @Nullable String disableReason(Attempt attempt, Instant now, @Nullable Instant failingSince) {
        if (attempt.status() != null && attempt.status() == 410) {
            return "the endpoint answered 410 Gone";
        }
        if (failingSince != null && Duration.between(failingSince, now).compareTo(GIVE_UP_AFTER) >= 0) {
            return "every delivery has failed since " + failingSince;
        }
        return null;
    }
}
