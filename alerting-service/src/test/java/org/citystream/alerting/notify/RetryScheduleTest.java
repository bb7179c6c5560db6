package org.citystream.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:15:30Z");

    private final RetrySchedule exact = new RetrySchedule(RetrySchedule.STANDARD, () -> 0.5);

    @Test
    void tenAttemptsAtTheDelaysOfStandardWebhooks() {
        List<Duration> delays = new ArrayList<>();
        for (int attempt = 1; attempt < 10; attempt++) {
            Verdict verdict = exact.after(attempt, answered(500), NOW, Failures.NONE);
            assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
            delays.add(Duration.between(NOW, verdict.nextAttemptAt()));
        }

        assertThat(delays)
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24));
        assertThat(exact.after(10, answered(500), NOW, Failures.NONE).state()).isEqualTo(DeliveryState.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 4500", "0.5, 5000", "0.999999, 5499"})
    void delaysAreSpreadByATenth(double random, long millis) {
        Verdict verdict =
                new RetrySchedule(RetrySchedule.STANDARD, () -> random).after(1, answered(500), NOW, Failures.NONE);

        assertThat(verdict.nextAttemptAt()).isEqualTo(NOW.plusMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anySecondHundredIsSuccess(int status) {
        assertThat(exact.after(1, answered(status), NOW, Failures.NONE).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 301, 302, 307, 400, 404, 410, 429, 500, 502, 503})
    void everythingElseIsTriedAgain(int status) {
        assertThat(exact.after(1, answered(status), NOW, Failures.NONE).state()).isEqualTo(DeliveryState.PENDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void anEndpointThatAsksForPeaceIsLeftAlone(int status) {
        Verdict verdict = exact.after(1, throttled(status, Duration.ofMinutes(2)), NOW, Failures.NONE);

        assertThat(verdict.nextAttemptAt()).isEqualTo(NOW.plusSeconds(120));
        assertThat(verdict.blockEndpointUntil()).isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void retryAfterNeverHastensTheSchedule() {
        Verdict verdict = exact.after(2, throttled(429, Duration.ofSeconds(1)), NOW, Failures.NONE);

        assertThat(verdict.nextAttemptAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void retryAfterMeansNothingOnOtherAnswers() {
        Verdict verdict = exact.after(1, throttled(500, Duration.ofHours(2)), NOW, Failures.NONE);

        assertThat(verdict.blockEndpointUntil()).isNull();
        assertThat(verdict.nextAttemptAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void nobodyIsLeftAloneForMoreThanADay() {
        Verdict verdict = exact.after(1, throttled(503, Duration.ofDays(400)), NOW, Failures.NONE);

        assertThat(verdict.nextAttemptAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void anEndpointThatIsGoneIsDisabled() {
        assertThat(exact.after(1, answered(410), NOW, Failures.NONE).disableReason())
                .contains("410");
    }

    @Test
    void anEndpointThatFailsForFiveDaysIsDisabledAndSaysSo() {
        Instant since = NOW.minus(Duration.ofDays(5));

        assertThat(exact.after(3, answered(500), NOW, failingSince(since)).disableReason())
                .contains("since " + since);
        assertThat(exact.after(3, answered(500), NOW, failingSince(since.plusSeconds(1)))
                        .disableReason())
                .isNull();
        assertThat(exact.after(3, answered(200), NOW, failingSince(since)).disableReason())
                .isNull();
    }

    @Test
    void theBreakerOpensAtTheTenthFailureInARow() {
        assertThat(exact.after(1, answered(500), NOW, new Failures(8, NOW, null))
                        .blockEndpointUntil())
                .isNull();
        assertThat(exact.after(1, answered(500), NOW, new Failures(9, NOW, null))
                        .blockEndpointUntil())
                .isEqualTo(NOW.plusSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "5, 5", "12, 12", "40, 40", "300, 300", "7200, 300"})
    void theBreakerStaysOpenAsLongAsTheEndpointHasBeenFailing(long failingSeconds, long blockedSeconds) {
        Failures before = new Failures(20, NOW.minusSeconds(failingSeconds), null);

        assertThat(exact.after(1, answered(500), NOW, before).blockEndpointUntil())
                .isEqualTo(NOW.plusSeconds(blockedSeconds));
    }

    @Test
    void whoAsksForMorePeaceThanTheBreakerGivesGetsIt() {
        Verdict verdict =
                exact.after(1, throttled(429, Duration.ofHours(1)), NOW, new Failures(10, NOW.minusSeconds(1), null));

        assertThat(verdict.blockEndpointUntil()).isEqualTo(NOW.plusSeconds(3600));
    }

    private static Failures failingSince(Instant since) {
        return new Failures(1, since, null);
    }

    private static Attempt answered(int status) {
        return attempt(status, null);
    }

    private static Attempt throttled(int status, Duration retryAfter) {
        return attempt(status, retryAfter);
    }

    private static Attempt attempt(int status, @Nullable Duration retryAfter) {
        return new Attempt(
                NOW, Duration.ofMillis(20), status, status < 300 ? null : "HTTP " + status, null, retryAfter);
    }
}
