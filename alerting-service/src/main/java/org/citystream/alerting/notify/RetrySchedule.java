package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is tried again, and when an endpoint is given up: by default the example schedule of Standard
 * Webhooks 1.0, spread by a tenth so that endpoints that come back are not met by all at once.
 */
public final class RetrySchedule {
    /** Delay before the first, second, ... attempt, after the previous one. */
    public static final List<Duration> STANDARD = List.of(
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

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final double SPREAD = 0.1;

    private final List<Duration> delays;
    private final DoubleSupplier random;

    /**
     * @param delays before the first, second, ... attempt, after the previous one
     * @param random uniform over [0, 1)
     */
    public RetrySchedule(List<Duration> delays, DoubleSupplier random) {
        this.delays = List.copyOf(delays);
        this.random = random;
    }

    /**
     * @param number of the attempt, 1, 2, ...
     * @param now when it ended
     * @param before the endpoint's failures, before this attempt
     */
    public Verdict after(int number, Attempt attempt, Instant now, Failures before) {
        if (attempt.succeeded()) {
            return new Verdict(DeliveryState.DELIVERED, null, null, null);
        }
        Optional<Instant> asked = leftAloneUntil(attempt, now);
        Optional<Instant> next = nextAttemptAt(number, now, asked);
        Optional<Instant> broken = CircuitBreaker.blockedUntil(before, now);
        return new Verdict(
                next.isEmpty() ? DeliveryState.FAILED : DeliveryState.PENDING,
                next.orElse(null),
                latest(asked, broken).orElse(null),
                disableReason(attempt, now, before.since()));
    }

    /** Until when the endpoint asked to be left alone. */
    private static Optional<Instant> leftAloneUntil(Attempt attempt, Instant now) {
        Duration asked = attempt.retryAfter();
        boolean throttled =
                attempt.status() != null && (attempt.status() == TOO_MANY_REQUESTS || attempt.status() == UNAVAILABLE);
        if (!throttled || asked == null || asked.isNegative() || asked.isZero()) {
            return Optional.empty();
        }
        return Optional.of(now.plus(asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked));
    }

    /** Empty when the schedule is at its end. */
    private Optional<Instant> nextAttemptAt(int number, Instant now, Optional<Instant> notBefore) {
        if (number >= delays.size()) {
            return Optional.empty();
        }
        double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
        Instant scheduled = now.plusMillis((long) (delays.get(number).toMillis() * factor));
        return latest(notBefore, Optional.of(scheduled));
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private static @Nullable String disableReason(Attempt attempt, Instant now, @Nullable Instant failingSince) {
        if (attempt.status() != null && attempt.status() == GONE) {
            return "the endpoint answered 410 Gone";
        }
        if (failingSince != null && Duration.between(failingSince, now).compareTo(GIVE_UP_AFTER) >= 0) {
            return "every delivery has failed since " + failingSince;
        }
        return null;
    }
}
